using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Scenario;

/// <summary>One lab for all tests of a class: FRR on the router, bgpsharp-vip on three masters. Each test finds all of them up.</summary>
public abstract class ScenarioLab(uint routerAsn) : IAsyncDisposable
{
    internal const int Count = 3;

    private readonly LabProcess?[] _masters = new LabProcess?[Count + 1];

    internal uint RouterAsn => routerAsn;

    internal Lab Lab { get; private set; } = null!;

    internal FrrRouter Router { get; private set; } = null!;

    internal static IPAddress[] Everybody => Masters(1, 2, 3);

    internal static IPAddress[] Masters(params int[] masters) => [.. masters.Select(LabTopology.MasterAddress)];

    internal LabProcess Master(int master) => _masters[master]!;

    internal void StartMaster(int master) => _masters[master] = VipMaster.Start(Lab, master, routerAsn);

    /// <summary>
    /// Builds the lab at its first call (a fixture's constructor could not skip a test), starts the masters that are not running,
    /// and waits for their sessions and the route.
    /// </summary>
    /// <returns>FRR's view of the peers then.</returns>
    internal async Task<IReadOnlyDictionary<IPAddress, FrrPeer>> ReadyAsync()
    {
        if (Lab is null)
        {
            Lab = await Lab.CreateAsync(Count);
            Router = await Lab.StartRouterAsync(FrrOptions.Router(Count, routerAsn));
        }
        for (var master = 1; master <= Count; master++)
        {
            if (_masters[master] is null or { HasExited: true })
            {
                StartMaster(master);
            }
        }
        return await AllUpAsync();
    }

    /// <summary>Waits for three sessions and three next hops.</summary>
    internal async Task<IReadOnlyDictionary<IPAddress, FrrPeer>> AllUpAsync()
    {
        await Router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Everybody);
        return await Router.WaitForEstablishedAsync(Everybody);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }
}
