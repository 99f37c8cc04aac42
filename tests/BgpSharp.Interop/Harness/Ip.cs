namespace BgpSharp.Interop.Harness;

/// <summary>iproute2's <c>ip</c>.</summary>
internal static class Ip
{
    /// <summary>Several <c>ip</c> commands in one process, in a namespace, or in the host's own when that is null. Stops at the first error.</summary>
    public static Task BatchAsync(string? ns, params IReadOnlyList<string> commands) =>
        Command.RunAsync(string.Join('\n', commands), ["ip", .. Namespace(ns), "-batch", "-"]);

    /// <summary>One <c>ip</c> command in a namespace.</summary>
    /// <returns>Its standard output.</returns>
    public static Task<string> RunAsync(string ns, params IReadOnlyList<string> command) =>
        Command.RunAsync(["ip", .. Namespace(ns), .. command]);

    private static string[] Namespace(string? ns) => ns is null ? [] : ["-n", ns];
}
