using System.Net;
using System.Text.Json;

namespace EcmpLab.Frr;

/// <summary>zebra and bgpd in the router's namespace, and the kernel's routes there.</summary>
internal sealed class FrrRouter : IDisposable
{
    private const string Daemons = "/usr/lib/frr";
    private readonly string _ns;
    private readonly string _directory;
    private readonly List<(string Name, ChildProcess Process)> _processes = [];
    private volatile TaskCompletionSource _routesChanged = NewSignal();

    private FrrRouter(string ns, string directory)
    {
        _ns = ns;
        _directory = directory;
    }

    /// <exception cref="LabException">FRR is not on this machine.</exception>
    public static void ThrowIfMissing()
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        (string Program, string[] Places)[] needed = [("zebra", [Daemons]), ("bgpd", [Daemons]), ("vtysh", path), ("ip", path)];
        string[] missing = [.. needed.Where(it => !it.Places.Any(place => File.Exists(Path.Combine(place, it.Program)))).Select(it => it.Program)];
        if (missing.Length > 0)
        {
            throw new LabException($"FRR is not complete on this machine, no {string.Join(", no ", missing)}; install it: apt-get install frr iproute2");
        }
    }

    /// <param name="ns">The router's namespace.</param>
    /// <param name="directory">For its configuration and sockets; made here, removed by the caller.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<FrrRouter> StartAsync(string ns, string directory, CancellationToken cancellationToken)
    {
        var router = new FrrRouter(ns, directory);
        try
        {
            // FRR may change a group of next hops without touching the route that uses it.
            router._processes.Add(("monitor", ChildProcess.Start(ns, router.OnRouteEvent, "ip", "monitor", "route", "nexthop")));
            Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync($"{directory}/zebra.conf", "", cancellationToken);
            await File.WriteAllTextAsync($"{directory}/vtysh.conf", "", cancellationToken);
            await File.WriteAllTextAsync($"{directory}/bgpd.conf", Configuration(), cancellationToken);
            // The daemons change to user frr and make their sockets here.
            await Command.RunAsync("chown", "-R", "frr:frr", directory);
            await router.StartDaemonAsync("zebra", cancellationToken);
            await router.StartDaemonAsync("bgpd", cancellationToken);
            return router;
        }
        catch
        {
            router.Dispose();
            throw;
        }
    }

    public Task<string> ShowSummaryAsync() => Command.RunAsync("vtysh", "--vty_socket", _directory, "--config_dir", _directory, "-c", "show ip bgp summary");

    public Task<string> ShowRouteAsync() => Command.IpAsync($"-n {_ns} route show {Plan.Vip.Address}");

    /// <inheritdoc cref="ILab.WaitForNextHopsAsync"/>
    public async Task<IReadOnlyCollection<IPAddress>> WaitForNextHopsAsync(IReadOnlyCollection<IPAddress> wanted, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        while (true)
        {
            var changed = _routesChanged.Task;
            var seen = await GetNextHopsAsync();
            if (deadline.IsCancellationRequested || wanted.ToHashSet().SetEquals(seen))
            {
                cancellationToken.ThrowIfCancellationRequested();
                return seen;
            }

            await changed.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        foreach (var (name, process) in _processes)
        {
            process.Dispose();
            var leftover = $"/var/tmp/frr/{name}.{process.Id}";
            if (Directory.Exists(leftover))
            {
                Directory.Delete(leftover, recursive: true);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Configuration() => $"""
        frr defaults traditional
        router bgp {Plan.RouterAsn}
         bgp router-id {Network.RouterAddress}
         no bgp ebgp-requires-policy
         no bgp hard-administrative-reset
         no bgp graceful-restart notification
        {string.Join('\n', Enumerable.Range(1, Plan.Masters).Select(master => $" neighbor {Network.AddressOf(master)} remote-as {Plan.MasterAsn}"))}
         bgp bestpath as-path multipath-relax
         address-family ipv4 unicast
          maximum-paths {Plan.Masters}

        """;

    private async Task StartDaemonAsync(string name, CancellationToken cancellationToken) =>
        _processes.Add((name, await ChildProcess.StartAsync(_ns, "starting:", cancellationToken,
            $"{Daemons}/{name}", "-f", $"{_directory}/{name}.conf", "-i", $"{_directory}/{name}.pid", "-z", $"{_directory}/zserv.api",
            "--vty_socket", _directory, "-A", "127.0.0.1", "--log", "stdout")));

    private async Task<IReadOnlyCollection<IPAddress>> GetNextHopsAsync()
    {
        // A route with one next hop has it in itself, one with several has a list.
        using var json = JsonDocument.Parse(await Command.IpAsync($"-n {_ns} -j route show {Plan.Vip.Address}"));
        return [.. json.RootElement.EnumerateArray()
            .Where(route => route.TryGetProperty("protocol", out var protocol) && protocol.GetString() == "bgp")
            .SelectMany(route => route.TryGetProperty("nexthops", out var several) ? several.EnumerateArray() : Enumerable.Repeat(route, 1))
            .Select(nextHop => IPAddress.Parse(nextHop.GetProperty("gateway").GetString()!))];
    }

    private void OnRouteEvent(string line) => Interlocked.Exchange(ref _routesChanged, NewSignal()).SetResult();
}
