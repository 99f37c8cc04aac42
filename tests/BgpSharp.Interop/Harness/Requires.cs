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
    /// <param name="name">"frr", "bird", "gobgpd", "exabgp" or "openbgpd".</param>
    public static void Router(string name)
    {
        switch (name)
        {
            case "frr":
                Program(FrrRouter.Daemon("zebra"), "frr");
                Program(FrrRouter.Daemon("bgpd"), "frr");
                Tool("vtysh", "frr");
                break;
            case "bird":
                Tool("bird", "bird2");
                Tool("birdc", "bird2");
                break;
            case "gobgpd":
                Tool("gobgpd", "gobgpd");
                Tool("gobgp", "gobgpd");
                break;
            case "exabgp":
                Tool("exabgp", "exabgp");
                break;
            case "openbgpd":
                Program(OpenbgpdRouter.Daemon, "openbgpd");
                Tool("bgpctl", "openbgpd");
                break;
            default:
                throw new ArgumentException($"unknown router '{name}'", nameof(name));
        }
    }

    /// <summary>A program on the PATH.</summary>
    /// <param name="name">Its file name.</param>
    /// <param name="package">The Debian package that has it, where that is another name.</param>
    public static void Tool(string name, string? package = null)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(':', StringSplitOptions.RemoveEmptyEntries).Any(d => File.Exists(Path.Combine(d, name))))
        {
            Missing($"{name} is not on the PATH: apt-get install {package ?? name}");
        }
    }

    private static void Program(string path, string package)
    {
        if (!File.Exists(path))
        {
            Missing($"{path} is not there: apt-get install {package}");
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
