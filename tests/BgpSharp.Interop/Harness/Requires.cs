namespace BgpSharp.Interop.Harness;

/// <summary>What a test needs from the machine. Without it the test is skipped with the reason; under CI (CI=true) it fails.</summary>
internal static class Requires
{
    /// <summary>Root, for namespaces and for the ports below 1024.</summary>
    public static void Root()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Missing("network namespaces need root");
        }
        Tool("ip");
        if (NamespaceProblem.Value is { } problem)
        {
            Missing($"this machine refuses network namespaces: {problem}");
        }
    }

    /// <summary>A router's programs.</summary>
    /// <param name="name">Only "frr" is known.</param>
    public static void Router(string name)
    {
        if (name != "frr")
        {
            throw new ArgumentException($"unknown router '{name}'", nameof(name));
        }
        foreach (var program in (string[])[FrrRouter.Daemon("zebra"), FrrRouter.Daemon("bgpd")])
        {
            if (!File.Exists(program))
            {
                Missing($"{program} is not there: apt-get install frr");
            }
        }
        Tool("vtysh");
    }

    /// <summary>A program on the PATH.</summary>
    public static void Tool(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(':', StringSplitOptions.RemoveEmptyEntries).Any(d => File.Exists(Path.Combine(d, name))))
        {
            Missing($"{name} is not on the PATH");
        }
    }

    private static readonly Lazy<string?> NamespaceProblem = new(() =>
    {
        var name = LabRegistry.NextName();
        try
        {
            Command.RunAsync("ip", "netns", "add", name).GetAwaiter().GetResult();
            Command.RunAsync("ip", "netns", "delete", name).GetAwaiter().GetResult();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    });

    private static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"CI must run this test, but {reason}");
        }
        Assert.Skip(reason);
    }
}
