using System.Text.Json;
using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>
/// Graceful restart where BFD is on too. Our BFD ends with the process, and its packets say so (C bit 0, RFC 5882 §4.3); what a router
/// makes of that is its own.
/// </summary>
public sealed class BfdRestartTests
{
    private const string Vip = "203.0.113.10/32";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FRR_keeps_our_route_through_a_restart_since_BGP_ends_before_BFD_does(bool looks)
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var (router, speaker) = await StartAsync(lab, looks);
        await using var _ = speaker;

        await speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.KeepForwarding }, TestContext.Current.CancellationToken);

        await Poll.UntilAsync(() => BfdAtBgpdAsync(router), status => status == "Down", "bgpd knows that BFD is down");
        using var json = await router.VtyshJsonAsync($"show bgp ipv4 unicast {Vip} json");
        json.RootElement.GetProperty("paths").EnumerateArray().Single().GetProperty("stale").GetBoolean().Should().BeTrue("it waits for us");
        (await router.Routes.NextHopsAsync(Vip)).Should().Equal(LabTopology.MasterAddress(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FRR_that_looks_for_failures_of_the_control_plane_ignores_BFD_where_graceful_restart_was_agreed_on(bool looks)
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var (router, speaker) = await StartAsync(lab, looks);
        await using var _ = speaker;

        await lab.CutAsync(1);

        if (!looks)
        {
            await router.Routes.WaitForNextHopsAsync(Vip, []);
            return;
        }

        await Poll.UntilAsync(() => BfdAtBgpdAsync(router), status => status == "Down", "bgpd knows that BFD is down");
        (await router.SummaryAsync())[LabTopology.MasterAddress(1)].IsEstablished.Should().BeTrue("until the hold time is over");
        (await router.Routes.NextHopsAsync(Vip)).Should().Equal(LabTopology.MasterAddress(1));
    }

    [Theory]
    [InlineData("bfd on", false)]
    [InlineData("bfd graceful", true)]
    public async Task BIRD_drops_our_route_when_BFD_ends_unless_it_is_graceful(string option, bool isKept)
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        using var limit = new Deadline(TimeSpan.FromSeconds(60));
        var (bird, speaker) = await StartBirdAsync(lab, option, limit.Token);
        await using var _ = speaker;

        await speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.KeepForwarding }, limit.Token);

        await Poll.UntilAsync(() => ShowAsync(bird, "show bfd sessions"), text => !text.Contains(" Up ", StringComparison.Ordinal), "BFD down at BIRD");
        if (isKept)
        {
            (await ShowAsync(bird, "show route")).Should().Contain(Vip);
        }
        else
        {
            await Poll.UntilAsync(() => ShowAsync(bird, "show route"), text => !text.Contains(Vip, StringComparison.Ordinal), "the route gone from BIRD");
        }
    }

    [Fact]
    public async Task A_lost_connection_leaves_BFD_up_where_the_router_keeps_our_route()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        using var limit = new Deadline(TimeSpan.FromSeconds(60));
        var (bird, speaker) = await StartBirdAsync(lab, "bfd on", limit.Token);
        await using var _ = speaker;
        var peer = speaker.Peers.Single();

        await Firewall.ResetAsync(lab.RouterNs, "tcp dport 179");
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse("203.0.113.11/32")));
        await Poll.UntilAsync(() => Task.FromResult(peer.Status.State), state => state != BgpSessionState.Established, "the connection is reset");

        var begin = peer.Bfd!.GetStatistics().PacketsReceived;
        await Poll.UntilAsync(() => Task.FromResult(peer.Bfd!.GetStatistics().PacketsReceived), count => count >= begin + 20, "twenty more packets of BIRD's");
        peer.Bfd!.State.Should().Be(BfdState.Up, "its end would look like ours");
        (await ShowAsync(bird, "show route")).Should().Contain(Vip);
    }

    private static async Task<(BirdRouter Bird, BgpSpeaker Speaker)> StartBirdAsync(Lab lab, string option, CancellationToken cancellationToken)
    {
        var bird = await BirdRouter.StartAsync(lab, lab.RouterNs, $$"""
            router id 198.51.100.9;
            protocol device { }
            protocol bfd { interface "eth0" { interval 50 ms; multiplier 3; }; }
            protocol bgp m1 { local {{LabTopology.RouterAddress}} as 65001; neighbor {{LabTopology.MasterAddress(1)}} as 65000; passive on; {{option}}; ipv4 { import all; export none; }; }

            """);
        var speaker = Speak(lab);
        await speaker.StartAsync(cancellationToken);
        await Poll.UntilAsync(() => ShowAsync(bird, "show bfd sessions"), text => text.Contains(" Up ", StringComparison.Ordinal), "BFD up at BIRD");
        await Poll.UntilAsync(() => ShowAsync(bird, "show route"), text => text.Contains(Vip, StringComparison.Ordinal), "our route at BIRD");
        return (bird, speaker);
    }

    private static async Task<(FrrRouter Router, BgpSpeaker Speaker)> StartAsync(Lab lab, bool looks)
    {
        var master = LabTopology.MasterAddress(1);
        var options = FrrOptions.Router(masters: 1);
        var router = await lab.StartRouterAsync(options with { BgpLines = [.. options.BgpLines, "bgp graceful-restart"] });
        var frr = await FrrBfd.StartAsync(lab, router, " profile fast", "  transmit-interval 50", "  receive-interval 50", " exit");
        await router.ConfigureBgpAsync([$"neighbor {master} bfd profile fast", .. looks ? [$"neighbor {master} bfd check-control-plane-failure"] : Array.Empty<string>()]);
        var speaker = Speak(lab);
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        await router.Routes.WaitForNextHopsAsync(Vip, [master]);
        await frr.WaitAsync("BFD up", peer => peer.GetProperty("status").GetString() == "up");
        await Poll.UntilAsync(() => BfdAtBgpdAsync(router), status => status == "Up", "bgpd knows that BFD is up");
        return (router, speaker);
    }

    private static BgpSpeaker Speak(Lab lab)
    {
        var speaker = MasterSpeaker.On(lab);
        speaker.AddPeer(new BgpPeerOptions
        {
            Address = LabTopology.RouterAddress,
            RemoteAsn = 65001,
            HoldTime = TimeSpan.FromHours(1),
            GracefulRestart = new BgpGracefulRestartOptions { RestartTime = TimeSpan.FromSeconds(600) },
            Bfd = BfdSide.Fast,
        });
        speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse(Vip)));
        return speaker;
    }

    private static async Task<string> ShowAsync(BirdRouter bird, string command) => string.Join('\n', await bird.ShowAsync(command));

    private static async Task<string?> BfdAtBgpdAsync(FrrRouter router)
    {
        var neighbor = await router.NeighborAsync(LabTopology.MasterAddress(1));
        return neighbor.TryGetProperty("peerBfdInfo", out var bfd) && bfd.TryGetProperty("status", out JsonElement status) ? status.GetString() : null;
    }
}
