using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>OpenBGPD in one namespace of a lab. On Linux it has a table of its own and touches no kernel route.</summary>
internal sealed class OpenbgpdRouter
{
    private readonly string _ns;
    private readonly string _directory;

    private OpenbgpdRouter(string ns, string directory)
    {
        _ns = ns;
        _directory = directory;
    }

    /// <summary>FRR's daemon has the same name.</summary>
    public static string Daemon => "/usr/sbin/bgpd";

    /// <summary>The parent; its children do the work.</summary>
    public LabProcess Parent { get; private set; } = null!;

    private string Control => $"{_directory}/bgpd.sock";

    /// <summary>Writes the configuration and starts bgpd; it answers when this returns.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="ns">A namespace of it.</param>
    /// <param name="configuration">The configuration, without the path of the control socket.</param>
    public static async Task<OpenbgpdRouter> StartAsync(Lab lab, string ns, string configuration)
    {
        Requires.Router("openbgpd");
        var router = new OpenbgpdRouter(ns, await lab.ConfigureAsync(ns, "bgpd.conf", ""));
        await router.WriteAsync(configuration);
        // Its children change their root to this empty directory, the home of their user.
        Directory.CreateDirectory("/run/openbgpd");
        File.Delete(router.Control);
        router.Parent = lab.Start(ns, Daemon, "-d", "-f", $"{router._directory}/bgpd.conf");
        await router.Parent.WaitUntilReadyAsync(() => File.Exists(router.Control), "OpenBGPD's control socket");
        await Poll.UntilAsync(router.AnswersAsync, answers => answers || router.Parent.HasExited, "OpenBGPD answers", router.Parent.Describe);
        return !router.Parent.HasExited ? router : throw new InvalidOperationException($"OpenBGPD ended: {router.Parent.Describe()}");
    }

    /// <summary>A command of bgpctl.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(params IReadOnlyList<string> command) => RunAsync("", command);

    /// <inheritdoc cref="RunAsync(IReadOnlyList{string})"/>
    public Task<string> RunAsync(string input, IReadOnlyList<string> command) =>
        Command.RunAsync(input, ["ip", "netns", "exec", _ns, "bgpctl", "-s", Control, .. command]);

    /// <summary>A command of bgpctl with the answer in JSON.</summary>
    public async Task<JsonDocument> RunJsonAsync(params IReadOnlyList<string> command) => JsonDocument.Parse(await RunAsync(["-j", .. command]));

    /// <summary>Signals the parent and its children.</summary>
    public async Task SignalAsync(Signal signal)
    {
        foreach (var pid in (await Command.RunAsync("ip", "netns", "pids", _ns)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (new FileInfo($"/proc/{pid}/exe").LinkTarget == Daemon)
            {
                // Fails when the child has gone with its parent, which is as good.
                _ = Native.Kill(int.Parse(pid), (int)signal);
            }
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await RunAsync("show");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task WriteAsync(string configuration)
    {
        var file = $"{_directory}/bgpd.conf";
        await File.WriteAllTextAsync(file, $"socket \"{Control}\"\n{configuration}");
        // It refuses one that others may read.
        await Command.RunAsync("chmod", "600", file);
    }
}
