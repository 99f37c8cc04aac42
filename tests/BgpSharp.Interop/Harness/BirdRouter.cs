namespace BgpSharp.Interop.Harness;

/// <summary>BIRD in one namespace of a lab. It has a table of its own and touches no kernel route.</summary>
internal sealed class BirdRouter
{
    private readonly string _control;

    private BirdRouter(LabProcess daemon, string control)
    {
        Daemon = daemon;
        _control = control;
    }

    public LabProcess Daemon { get; }

    /// <summary>Writes the configuration and starts BIRD; it answers when this returns.</summary>
    public static async Task<BirdRouter> StartAsync(Lab lab, string ns, string configuration)
    {
        Requires.Router("bird");
        var directory = await lab.ConfigureAsync(ns, "bird.conf", configuration);
        var control = $"{directory}/bird.ctl";
        // One that was killed leaves it behind.
        File.Delete(control);
        var daemon = lab.Start(ns, "bird", "-f", "-c", $"{directory}/bird.conf", "-s", control, "-P", $"{directory}/bird.pid");
        await daemon.WaitUntilReadyAsync(() => File.Exists(control), "BIRD's control socket");
        var router = new BirdRouter(daemon, control);
        try
        {
            // It opens the socket before it reads its configuration, and answers after that.
            await router.ShowAsync("show status");
            return router;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"BIRD does not answer: {daemon.Describe()}", e);
        }
    }

    /// <summary>A command of birdc.</summary>
    /// <returns>What it printed, without the greeting.</returns>
    public async Task<IReadOnlyList<string>> ShowAsync(string command)
    {
        var lines = (await Command.RunAsync(["birdc", "-s", _control, .. command.Split(' ')])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 && lines[0].StartsWith("BIRD ", StringComparison.Ordinal) ? lines[1..] : lines;
    }
}
