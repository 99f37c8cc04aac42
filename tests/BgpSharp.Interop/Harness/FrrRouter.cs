using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>FRR's zebra and bgpd in one namespace of a lab.</summary>
internal sealed class FrrRouter
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lab _lab;
    private readonly string _ns;
    private readonly FrrOptions _options;
    private readonly string _directory;

    private FrrRouter(Lab lab, string ns, FrrOptions options)
    {
        _lab = lab;
        _ns = ns;
        _options = options;
        _directory = $"{lab.RunDirectory}/{ns[(lab.Name.Length + 1)..]}";
        Routes = lab.Own(KernelRoutes.Watch(ns, SummaryTextAsync));
    }

    /// <summary>The kernel routes of this router's namespace.</summary>
    public KernelRoutes Routes { get; }

    public LabProcess Zebra { get; private set; } = null!;

    public LabProcess Bgpd { get; private set; } = null!;

    /// <summary>Writes the configuration and starts zebra, then bgpd; both answer when this returns.</summary>
    public static async Task<FrrRouter> StartAsync(Lab lab, string ns, FrrOptions options)
    {
        Requires.Router("frr");
        var router = new FrrRouter(lab, ns, options);
        await router.WriteConfigurationAsync();
        // A daemon's vty is its last socket to open: zebra's tells that zserv.api listens, bgpd's that the configuration is read.
        router.Zebra = await router.StartDaemonAsync("zebra");
        router.Bgpd = await router.StartDaemonAsync("bgpd");
        return router;
    }

    /// <summary>Starts bgpd again after it was killed. zebra and its routes stay as they are.</summary>
    public async Task RestartBgpdAsync() => Bgpd = await StartDaemonAsync("bgpd");

    /// <summary>Commands of the enable mode, one after the other.</summary>
    /// <returns>What vtysh printed.</returns>
    public Task<string> VtyshAsync(params IReadOnlyList<string> commands) =>
        Command.RunAsync(["vtysh", "--vty_socket", _directory, "--config_dir", _directory, .. commands.SelectMany(c => (string[])["-c", c])]);

    /// <summary>A <c>show ... json</c> command of bgpd.</summary>
    public async Task<JsonDocument> VtyshJsonAsync(string command) => JsonDocument.Parse(await VtyshAsync(command));

    /// <summary>Changes the running configuration, e.g. "router bgp 65001", "no neighbor 198.51.100.11".</summary>
    /// <exception cref="InvalidOperationException">bgpd refused a line.</exception>
    public async Task ConfigureAsync(params IReadOnlyList<string> lines)
    {
        var output = await VtyshAsync(["configure terminal", .. lines]);
        if (output.Contains('%', StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"FRR refused:\n{string.Join('\n', lines)}\n{output}");
        }
    }

    /// <summary>Changes lines under <c>router bgp</c> of this router.</summary>
    public Task ConfigureBgpAsync(params IReadOnlyList<string> lines) => ConfigureAsync([$"router bgp {_options.Asn}", .. lines]);

    /// <summary>Starts announcing a prefix.</summary>
    public Task AnnounceAsync(string prefix) => ConfigureBgpAsync("address-family ipv4 unicast", $"network {prefix}");

    /// <summary>Stops announcing a prefix.</summary>
    public Task WithdrawAsync(string prefix) => ConfigureBgpAsync("address-family ipv4 unicast", $"no network {prefix}");

    /// <summary>All peers by their address.</summary>
    public async Task<IReadOnlyDictionary<IPAddress, FrrPeer>> SummaryAsync()
    {
        using var json = await VtyshJsonAsync("show ip bgp summary json");
        return json.RootElement.TryGetProperty("ipv4Unicast", out var family)
            ? family.GetProperty("peers").EnumerateObject().Select(FrrPeer.Parse).ToDictionary(p => p.Address)
            : new Dictionary<IPAddress, FrrPeer>();
    }

    /// <summary>Everything FRR knows of a peer.</summary>
    public async Task<JsonElement> NeighborAsync(IPAddress address)
    {
        using var json = await VtyshJsonAsync($"show bgp neighbors {address} json");
        return json.RootElement.GetProperty(address.ToString()).Clone();
    }

    /// <summary>FRR's own table, as an operator sees it.</summary>
    public Task<string> SummaryTextAsync() => VtyshAsync("show ip bgp summary");

    /// <summary>Waits until the summary is as wanted.</summary>
    /// <exception cref="TimeoutException">With FRR's summary and the last lines of bgpd.</exception>
    public async Task<IReadOnlyDictionary<IPAddress, FrrPeer>> WaitForSummaryAsync(
        Func<IReadOnlyDictionary<IPAddress, FrrPeer>, bool> wanted, string what, TimeSpan? deadline = null)
    {
        using var limit = new Deadline(deadline);
        while (true)
        {
            var summary = await SummaryAsync();
            if (wanted(summary))
            {
                return summary;
            }
            try
            {
                // vtysh offers no event to wait for.
                await Task.Delay(PollInterval, limit.Token);
            }
            catch (OperationCanceledException) when (limit.Passed)
            {
                throw new TimeoutException(
                    $"not within {limit.Limit.TotalSeconds} s: {what}\n{await SummaryTextAsync()}\n{Bgpd.Describe()}");
            }
        }
    }

    /// <summary>Waits until the session with each of these peers is Established and has the given number of prefixes.</summary>
    public Task<IReadOnlyDictionary<IPAddress, FrrPeer>> WaitForEstablishedAsync(
        IReadOnlyCollection<IPAddress> peers, int prefixes = 1, TimeSpan? deadline = null) =>
        WaitForSummaryAsync(
            all => peers.All(a => all.TryGetValue(a, out var p) && p.IsEstablished && p.PrefixesReceived == prefixes),
            $"sessions with {string.Join(", ", peers)} Established, {prefixes} prefixes received from each",
            deadline);

    internal static string Daemon(string name) => $"/usr/lib/frr/{name}";

    private async Task WriteConfigurationAsync()
    {
        Directory.CreateDirectory(_directory);
        await File.WriteAllTextAsync($"{_directory}/zebra.conf", "");
        await File.WriteAllTextAsync($"{_directory}/vtysh.conf", "");
        await File.WriteAllTextAsync($"{_directory}/bgpd.conf", _options.ToConfiguration());
        // The daemons change to user frr and make their sockets here.
        await Command.RunAsync("chown", "-R", "frr:frr", _directory);
    }

    /// <summary>Starts another daemon beside zebra; it has read its configuration when this returns.</summary>
    public async Task<LabProcess> StartBfddAsync(string configuration)
    {
        const string name = "bfdd";
        await File.WriteAllTextAsync($"{_directory}/{name}.conf", configuration);
        await Command.RunAsync("chown", "frr:frr", $"{_directory}/{name}.conf");
        return await StartDaemonAsync(name, "--bfdctl", $"{_directory}/{name}.sock");
    }

    private async Task<LabProcess> StartDaemonAsync(string name, params IReadOnlyList<string> more)
    {
        var vty = $"{_directory}/{name}.vty";
        File.Delete(vty);
        var daemon = _lab.Start(_ns, [Daemon(name), "-f", $"{_directory}/{name}.conf", "-i", $"{_directory}/{name}.pid",
            "-z", $"{_directory}/zserv.api", "--vty_socket", _directory, "-A", "127.0.0.1", "--log", "stdout", .. more]);
        using var limit = new Deadline();
        while (!await AnswersAsync(vty, limit.Token))
        {
            if (daemon.HasExited || limit.Passed)
            {
                throw new InvalidOperationException($"{name} did not open its vty: {daemon.Describe()}");
            }
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        return daemon;
    }

    private static async Task<bool> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
