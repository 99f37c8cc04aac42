using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>GRACEFUL_SHUTDOWN (RFC 8326) and a drain, with a router that prefers other paths to those that carry it.</summary>
public sealed class GracefulShutdownTests
{
    [Fact]
    public async Task FRR_moves_traffic_away_before_the_route_goes()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var (leaving, staying) = (LabTopology.MasterAddress(1), LabTopology.MasterAddress(2));
        var options = FrrOptions.Router(masters: 2);
        var router = await lab.StartRouterAsync(options with
        {
            FamilyLines = [.. options.FamilyLines, $"neighbor {leaving} route-map IN in", $"neighbor {staying} route-map IN in"],
        });
        await router.ConfigureAsync(
            "bgp community-list standard LEAVING permit graceful-shutdown",
            "route-map IN permit 5", "match community LEAVING", "set local-preference 0", "exit",
            "route-map IN permit 10", "exit");
        await using var first = await StartAsync(lab, 1);
        await using var second = await StartAsync(lab, 2);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [leaving, staying]);

        first.GracefulShutdown = true;
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [staying]);
        (await router.SummaryAsync())[leaving].PrefixesReceived.Should().Be(1, "the route is still there, only less preferred");

        first.GracefulShutdown = false;
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [leaving, staying]);

        await first.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Drain, Message = "node drain" }, TestContext.Current.CancellationToken);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [staying]);
        var neighbor = await router.NeighborAsync(leaving);
        neighbor.GetProperty("lastNotificationReason").GetString().Should().Be("Cease/Administrative Shutdown");
        neighbor.GetProperty("lastShutdownDescription").GetString().Should().Be("node drain", "RFC 9003");
        (await router.NeighborAsync(staying)).GetProperty("connectionsDropped").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task FRR_has_the_route_again_after_a_reset()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var address = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync();
        await using var speaker = await StartAsync(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [address]);

        await speaker.Peers.Single().ResetAsync("new optics", TestContext.Current.CancellationToken);

        await router.WaitForSummaryAsync(peers => peers.TryGetValue(address, out var peer) && peer.IsEstablished, "the session again");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [address]);
        var neighbor = await router.NeighborAsync(address);
        neighbor.GetProperty("connectionsEstablished").GetInt32().Should().Be(2);
        neighbor.GetProperty("connectionsDropped").GetInt32().Should().Be(1);
    }

    private static async Task<BgpSpeaker> StartAsync(Lab lab, int master)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(master)}"),
            Transport = new NamespaceTransport(lab.MasterNs(master)),
        });
        speaker.AddPeer(new BgpPeerOptions { Address = LabTopology.RouterAddress, RemoteAsn = 65001 });
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse(LabTopology.VipPrefix)));
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        return speaker;
    }
}
