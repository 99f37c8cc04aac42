using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>Maximum prefixes (RFC 4486 §4), FRR's routes against our limit and ours against FRR's.</summary>
public sealed class PrefixLimitTests
{
    private static readonly IPAddress Address = LabTopology.MasterAddress(1);

    [Fact]
    public async Task FRR_is_told_when_it_announces_too_many_and_is_taken_again_with_a_higher_limit()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with
        {
            ConnectRetry = 1,
            Networks = ["203.0.113.64/26", "203.0.113.128/26", "203.0.113.192/26"],
        });
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(Options(maximum: 2));
        await speaker.StartAsync(TestContext.Current.CancellationToken);

        var down = await Poll.UntilAsync(
            () => Task.FromResult(peer.Status), status => status.LastDown?.Kind == BgpDownKind.PrefixLimitExceeded, "the third prefix ends the session");
        down.LastDown!.Notification!.ToString().Should().Be("Cease, Maximum Number of Prefixes Reached (6/1): 2 of ipv4-unicast");
        var neighbor = await Poll.UntilAsync(
            () => router.NeighborAsync(Address), shown => shown.TryGetProperty("lastErrorCodeSubcode", out _), "FRR shows the NOTIFICATION");
        neighbor.GetProperty("lastErrorCodeSubcode").GetString().Should().Be("0601");
        peer.State.Should().Be(BgpSessionState.Idle, "there is no retry time");

        (await peer.UpdateAsync(Options(maximum: 3), TestContext.Current.CancellationToken)).Should().BeFalse();

        await Poll.UntilAsync(() => Task.FromResult(peer.GetStatistics().PrefixesHeld), held => held == 3, "all three are taken", () => $"{peer}");
        peer.State.Should().Be(BgpSessionState.Established);
    }

    [Fact]
    public async Task What_FRR_says_of_our_too_many_routes_is_in_words()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { FamilyLines = [$"neighbor {Address} maximum-prefix 1"] });
        await using var speaker = Speaker(lab);
        var peer = speaker.AddPeer(Options(maximum: 2));
        await speaker.StartAsync(TestContext.Current.CancellationToken);

        // FRR looks at its counter when an UPDATE begins, so that the routes of one are counted for the next; and what comes after
        // its Cease it may call an error of the state machine.
        for (var i = 0; i < 3; i++)
        {
            await router.WaitForSummaryAsync(all => all.TryGetValue(Address, out var seen) && seen.IsEstablished && seen.PrefixesReceived == i, $"{i} prefixes");
            speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse($"203.0.113.{10 + i}/32")));
        }

        using var limit = new Deadline();
        // The first end of a session, whatever becomes of the tries before and after: FRR that has just begun may refuse one.
        var down = await peer.WaitForDownAsync(
            (_, reason) => reason.Kind == BgpDownKind.NotificationReceived && peer.GetStatistics().SessionsLost > 0, limit.Token);

        down.ToString().Should().Be("notification received: Cease, Maximum Number of Prefixes Reached (6/1): 1 of ipv4-unicast");
    }

    private static BgpSpeaker Speaker(Lab lab) => new(new BgpSpeakerOptions
    {
        LocalAsn = 65000,
        RouterId = BgpIdentifier.Parse($"{Address}"),
        Transport = new NamespaceTransport(lab.MasterNs(1)),
    });

    private static BgpPeerOptions Options(int maximum) => new()
    {
        Address = LabTopology.RouterAddress,
        RemoteAsn = 65001,
        ConnectMode = BgpConnectMode.Active,
        PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = maximum }],
    };
}
