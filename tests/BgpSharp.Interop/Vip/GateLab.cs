using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>
/// One lab for all tests of the class: FRR, and three masters that have nothing but kube-vip's environment and an apiserver
/// each. Only the interval of the checks is shorter than what it is by default.
/// </summary>
public sealed class GateLab : IAsyncDisposable
{
    internal const int Count = 3;

    /// <summary>More checks than a fall or a rise takes.</summary>
    internal const int ManyChecks = 8;

    private static readonly (string, string) ShortInterval = ("BGPSHARP_HEALTH__INTERVAL", "100ms");

    private readonly LabProcess?[] _hosts = new LabProcess?[Count + 1];
    private readonly Apiserver?[] _apiservers = new Apiserver?[Count + 1];

    internal Lab Lab { get; private set; } = null!;

    internal FrrRouter Router { get; private set; } = null!;

    internal static IPAddress[] Everybody => [.. Enumerable.Range(1, Count).Select(LabTopology.MasterAddress)];

    internal static IPAddress[] AllBut(int master) => [.. Everybody.Where(address => !address.Equals(LabTopology.MasterAddress(master)))];

    internal LabProcess Host(int master) => _hosts[master]!;

    internal Apiserver Apiserver(int master) => _apiservers[master]!;

    internal string Kubeconfig(int master) => $"{Harness.Apiserver.KubernetesDirectory(Lab, master)}/admin.conf";

    internal void StartHost(int master) => _hosts[master] = KubeVipMaster.Start(Lab, master, ShortInterval);

    /// <summary>Whoever shows no certificate of its CA is turned away, unless anybody is let in.</summary>
    internal async Task StartApiserverAsync(int master, string address = "::", string mode = "Ok", bool anybody = false) =>
        _apiservers[master] = await Harness.Apiserver.StartAsync(Lab, master, address, ["--mode", mode, .. anybody ? (string[])[] : ["--client-certificate"]]);

    internal async Task KillApiserverAsync(int master)
    {
        await Apiserver(master).Process.StopAsync(Signal.Kill);
        await Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, AllBut(master));
    }

    /// <summary>Starts what is not running, and waits for the sessions and the route.</summary>
    internal async Task ReadyAsync()
    {
        if (Lab is null)
        {
            Lab = await Lab.CreateAsync(Count);
            Router = await Lab.StartRouterAsync();
        }
        for (var master = 1; master <= Count; master++)
        {
            if (_apiservers[master] is not { Process.HasExited: false })
            {
                await StartApiserverAsync(master);
            }
            if (_hosts[master] is not { HasExited: false })
            {
                StartHost(master);
            }
        }
        await AllUpAsync();
    }

    internal async Task AllUpAsync()
    {
        try
        {
            await Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Everybody);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{string.Join('\n', _hosts.Select(host => host?.Describe()))}", e);
        }

        await Router.WaitForEstablishedAsync(Everybody);
    }

    /// <summary>Sessions lost so far, by router.</summary>
    internal async Task<IReadOnlyDictionary<IPAddress, int>> DropsAsync() =>
        (await Router.SummaryAsync()).ToDictionary(peer => peer.Key, peer => peer.Value.ConnectionsDropped);

    public async ValueTask DisposeAsync()
    {
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }
}
