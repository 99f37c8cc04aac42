using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>GoBGP in one namespace of a lab. It has a table of its own and touches no kernel route.</summary>
internal sealed class GobgpRouter
{
    // The API listens on the loopback of the namespace, where nobody else is.
    private const string Api = "127.0.0.1:50051";

    private readonly string _ns;

    private GobgpRouter(string ns, LabProcess daemon)
    {
        _ns = ns;
        Daemon = daemon;
    }

    public LabProcess Daemon { get; }

    /// <summary>Writes the configuration (TOML) and starts gobgpd; it answers and knows its neighbors when this returns.</summary>
    public static async Task<GobgpRouter> StartAsync(Lab lab, string ns, string configuration)
    {
        Requires.Router("gobgpd");
        var directory = await lab.ConfigureAsync(ns, "gobgpd.toml", configuration);
        var daemon = lab.Start(ns, "gobgpd", "-f", $"{directory}/gobgpd.toml", "--api-hosts", Api, "--pprof-disable");
        var neighbors = configuration.Split("[[neighbors]]").Length - 1;
        await daemon.WaitUntilReadyAsync(() => daemon.Lines.Count(IsNeighbor) == neighbors, $"a line of gobgpd for each of {neighbors} neighbors");
        return new GobgpRouter(ns, daemon);

        static bool IsNeighbor(string line) => line.Contains("Add a peer configuration", StringComparison.Ordinal);
    }

    /// <summary>A command of gobgp.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(params IReadOnlyList<string> command) =>
        Command.RunAsync(["ip", "netns", "exec", _ns, "gobgp", .. command]);

    /// <summary>A command of gobgp with the answer in JSON.</summary>
    public async Task<JsonDocument> RunJsonAsync(params IReadOnlyList<string> command) =>
        JsonDocument.Parse(await RunAsync([.. command, "-j"]));
}
