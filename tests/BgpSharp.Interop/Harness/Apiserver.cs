namespace BgpSharp.Interop.Harness;

/// <summary>A stand-in for a master's apiserver: a process of its own, so that it can be killed and stopped.</summary>
internal sealed class Apiserver
{
    public const int Port = 6443;

    private readonly LabProcess _process;

    private Apiserver(LabProcess process) => _process = process;

    /// <summary>Its end and its signals.</summary>
    public LabProcess Process => _process;

    /// <summary>Starts one that listens, unless its mode is Closed, when this returns.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="master">From 1 on.</param>
    /// <param name="address">The address it listens on; :: is both families, as the real one does.</param>
    /// <param name="more">Further arguments of the program.</param>
    public static async Task<Apiserver> StartAsync(Lab lab, int master, string address = "::", params string[] more)
    {
        var process = lab.Start(
            lab.MasterNs(master),
            new Dictionary<string, string?>(),
            [.. Programs.StandInApiserver, "--address", address, "--port", $"{Port}", "--directory", KubernetesDirectory(lab, master), .. more],
            withInput: true);
        await process.WaitForLineAsync(line => line.StartsWith("listening on ", StringComparison.Ordinal));
        return new Apiserver(process);
    }

    /// <summary>What a master has at /etc/kubernetes.</summary>
    public static string KubernetesDirectory(Lab lab, int master)
    {
        var directory = $"{lab.RunDirectory}/kubernetes{master}";
        Directory.CreateDirectory(directory);
        return directory;
    }

    /// <summary>A command of the program; it is done when this returns.</summary>
    public async Task<IReadOnlyList<string>> TellAsync(string command)
    {
        var from = _process.Lines.Count;
        await _process.WriteLineAsync(command);
        await _process.WaitForLineAsync(line => line == $"done {command}", from: from);
        return [.. _process.Lines.Skip(from)];
    }

    public Task SetModeAsync(string mode) => TellAsync($"mode {mode}");

    /// <summary>Waits until it has answered so many further requests.</summary>
    public async Task AnswersAsync(int more)
    {
        var before = await AnsweredAsync();
        await Poll.UntilAsync(AnsweredAsync, now => now >= before + more, $"{more} further answers of the apiserver", _process.Describe);
    }

    private async Task<int> AnsweredAsync() =>
        int.Parse((await TellAsync("answered")).Single(line => line.StartsWith("answered ", StringComparison.Ordinal)).Split(' ')[1]);
}
