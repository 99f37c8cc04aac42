using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>nftables in a namespace of the lab.</summary>
internal static class Firewall
{
    /// <summary>Drops what matches; the other direction stays as it is.</summary>
    public static Task DropAsync(string ns, string hook, string match) => LoadAsync(ns, hook, $"{match} drop");

    /// <summary>Sends what matches with another TTL.</summary>
    public static Task SetTtlAsync(string ns, string match, int ttl) => LoadAsync(ns, "output", $"{match} ip ttl set {ttl}");

    /// <summary>Answers TCP segments that match with a reset, and passes none on.</summary>
    public static Task ResetAsync(string ns, string match) => LoadAsync(ns, "input", $"{match} reject with tcp reset");

    public static Task ClearAsync(string ns) => Command.RunAsync("ip", "netns", "exec", ns, "nft", "flush", "ruleset");

    private static Task<string> LoadAsync(string ns, string hook, string rule)
    {
        Requires.Tool("nft", "nftables");
        return Command.RunAsync(
            $"table inet lab {{ chain c {{ type filter hook {hook} priority 0; {rule};\n}}\n}}\n",
            ["ip", "netns", "exec", ns, "nft", "-f", "-"]);
    }
}
