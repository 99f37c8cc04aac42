using System.Net;
using BgpSharp.Interop.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>
/// What <see cref="BgpPeer.Explain"/> says of a session that FRR once had. This side is passive, so that no later attempt
/// replaces what is to be explained.
/// </summary>
public sealed class ExplainLostSessionTests
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);
    private static readonly IPAddress Router = LabTopology.RouterAddress;

    [Fact]
    public async Task A_router_that_hangs_is_missed_when_the_hold_time_is_over()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(Frr() with { Timers = (1, 6) });
        await using var speaker = Speaker(lab);
        var peer = await EstablishAsync(speaker, Options());

        router.Bgpd.Send(Signal.Stop);

        var explanation = await ExplainedAsync(peer, BgpPeerCause.HoldTimerExpired);
        explanation.Problem.Should().Be("Nothing came from the peer for the hold time: the path broke, or one side's BGP hung, or its packets were dropped.");
        explanation.NotificationSent!.ToString().Should().Be("Hold Timer Expired (4/0)");
        explanation.NotificationReceived.Should().BeNull();
        router.Bgpd.Send(Signal.Continue);
    }

    [Fact]
    public async Task A_router_that_hears_nothing_of_us_any_more_says_so()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr() with { Timers = (1, 6) });
        await using var speaker = Speaker(lab);
        var peer = await EstablishAsync(speaker, Options());

        // What is sent is lost and what acknowledges is not, or FRR's own TCP would fall silent too.
        await Firewall.DropAsync(lab.RouterNs, "input", $"ip saddr {Master} tcp flags & psh == psh");

        var explanation = await ExplainedAsync(peer, BgpPeerCause.HoldTimerExpired);
        explanation.Problem.Should().Be($"{Router} heard nothing of us for its hold time (Hold Timer Expired (4/0)): the path broke, or one side's BGP hung, or its packets were dropped.");
        explanation.NotificationReceived!.ToString().Should().Be("Hold Timer Expired (4/0)");
    }

    [Fact]
    public async Task A_router_that_allows_one_prefix_says_that_we_announced_more()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(Frr() with { FamilyLines = [$"neighbor {Master} maximum-prefix 1"] });
        await using var speaker = Speaker(lab);
        var peer = await EstablishAsync(speaker, Options());

        // FRR looks at its counter when an UPDATE begins.
        for (var i = 0; i < 3; i++)
        {
            await router.WaitForSummaryAsync(all => all.TryGetValue(Master, out var seen) && seen.IsEstablished && seen.PrefixesReceived == i, $"{i} prefixes");
            speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse($"203.0.113.{10 + i}/32")));
        }

        var explanation = await ExplainedAsync(peer, BgpPeerCause.PrefixLimit);
        explanation.Problem.Should().Be($"{Router} says that we announced more prefixes than it allows: Cease, Maximum Number of Prefixes Reached (6/1): 1 of ipv4-unicast.");
        explanation.Advice.Should().Contain("FRR: maximum-prefix").And.EndWith("The router has to dial: this side is passive.");
    }

    [Fact]
    public async Task A_router_that_announces_more_than_we_allow_is_named()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr() with { Networks = ["203.0.113.128/26", "203.0.113.192/26"] });
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(new BgpPeerOptions(Options()) { PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 1 }] });
        await speaker.StartAsync(TestContext.Current.CancellationToken);

        var explanation = await ExplainedAsync(peer, BgpPeerCause.PrefixLimit);
        explanation.Problem.Should().StartWith($"{Router} announced more prefixes than this side allows it: ");
        explanation.NotificationSent!.ToString().Should().Be("Cease, Maximum Number of Prefixes Reached (6/1): 1 of ipv4-unicast");
    }

    [Fact]
    public async Task A_link_that_BFD_finds_dead_is_told_from_a_router_that_is_silent()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(Frr());
        await FrrBfd.StartAsync(lab, router, $" peer {Master}", "  transmit-interval 50", "  receive-interval 50", "  no shutdown", " exit");
        await using var speaker = Speaker(lab);
        var peer = await EstablishAsync(speaker, new BgpPeerOptions(Options()) { Bfd = BfdSide.Fast });
        using var limit = new Deadline();
        var bfd = await Poll.UntilAsync(() => Task.FromResult(peer.Bfd), bfd => bfd is not null, "a BFD session beside the BGP session");
        await bfd!.WaitForUpAsync(limit.Token);

        await lab.CutAsync(1);

        var explanation = await ExplainedAsync(peer, BgpPeerCause.BfdDown);
        explanation.Problem.Should().Be($"BFD on this side found the path down to {Router}.");
        explanation.Advice.Should().Contain($"FRR: show bfd peer {Master} counters");
    }

    [Fact]
    public async Task Two_sides_that_both_wait_are_waited_for_and_that_is_said()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.StartRouterAsync(Frr("passive"));
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(Options());
        await speaker.StartAsync(TestContext.Current.CancellationToken);

        var explanation = await ExplainedAsync(peer, BgpPeerCause.AwaitingPeer);
        explanation.Problem.Should().Be($"{Router} is awaited (passive: this side does not dial), and it has not connected.");
        explanation.Advice.Should().Contain("not passive");
    }

    private static FrrOptions Frr(params string[] settings) => FrrOptions.Router(masters: 0) with
    {
        Neighbors = [new FrrNeighbor(Master, 65000, settings)],
        ConnectRetry = 1,
        FamilyLines = [],
    };

    private static BgpPeerOptions Options() => new() { Address = Router, RemoteAsn = 65001, ConnectMode = BgpConnectMode.Passive };

    private static BgpSpeaker Speaker(Lab lab) => new(new BgpSpeakerOptions
    {
        LocalAsn = 65000,
        RouterId = BgpIdentifier.Parse($"{Master}"),
        ListenEndPoints = [new IPEndPoint(Master, 179)],
        Transport = new NamespaceTransport(lab.MasterNs(1)),
        BfdEngine = NamespaceBfd.In(lab.MasterNs(1)),
    });

    private static async Task<BgpPeer> EstablishAsync(BgpSpeaker speaker, BgpPeerOptions options)
    {
        var peer = speaker.AddPeer(options);
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new Deadline();
        await peer.WaitForEstablishedAsync(limit.Token);
        return peer;
    }

    private static Task<BgpPeerExplanation> ExplainedAsync(BgpPeer peer, BgpPeerCause cause) =>
        Poll.UntilAsync(() => Task.FromResult(peer.Explain()), explanation => explanation.Cause == cause, $"{cause}", () => $"{peer.Explain()}");
}
