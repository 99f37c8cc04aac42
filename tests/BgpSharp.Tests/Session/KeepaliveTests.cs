using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>The KEEPALIVE timer counts from the last KEEPALIVE or UPDATE sent (RFC 4271 §8.2.2).</summary>
public sealed class KeepaliveTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_session_with_UPDATEs_to_send_sends_no_KEEPALIVE_and_once_it_has_none_one_within_the_interval()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        for (var round = 1u; round <= 30; round++)
        {
            fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Med = round }));
            (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle("a KEEPALIVE would be superfluous").Which.Attributes.Med.Should().Be(round);
            await LiveAsync(fixture, peer, router, TimeSpan.FromSeconds(2));
        }

        var sent = peer.GetStatistics().MessagesSent;
        var quiet = TimeSpan.FromSeconds(2);
        for (var keepalives = 0; keepalives < 10; quiet = TimeSpan.Zero, keepalives++)
        {
            for (; peer.GetStatistics().MessagesSent == sent; quiet += TimeSpan.FromSeconds(0.25))
            {
                quiet.Should().BeLessThan(Interval, "the peer hears from us at least that often");
                await LiveAsync(fixture, peer, router, TimeSpan.FromSeconds(0.25));
            }

            quiet.Should().BeGreaterThanOrEqualTo(0.75 * Interval, "not sooner than the jitter allows after an UPDATE or KEEPALIVE");
            await router.ExpectAsync(MessageType.Keepalive);
            sent++;
            peer.GetStatistics().MessagesSent.Should().Be(sent);
        }
    }

    [Fact]
    public async Task A_request_for_refresh_is_no_substitute_for_a_KEEPALIVE()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        List<MessageType> seen = [];
        for (var elapsed = TimeSpan.Zero; elapsed < Interval; elapsed += TimeSpan.FromSeconds(1))
        {
            peer.RequestRefresh(BgpFamily.Ipv4Unicast);
            await LiveAsync(fixture, peer, router, TimeSpan.FromSeconds(1));
            seen.Add((await router.ReadAsync()).Type);
        }

        seen.Should().NotContain(MessageType.Keepalive, "three requests came first");
        await router.ExpectAsync(MessageType.Keepalive);
    }

    [Fact]
    public async Task Another_interval_is_taken_on_by_the_session_as_it_is()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        var session = peer.Session;

        var reset = await peer.UpdateAsync(new BgpPeerOptions(peer.Options) { KeepaliveInterval = TimeSpan.FromSeconds(1) });

        reset.Should().BeFalse("the OPEN says nothing of it");
        peer.Session.Should().BeSameAs(session);
        await LiveAsync(fixture, peer, router, Interval);
        await router.ExpectAsync(MessageType.Keepalive);
        for (var i = 0; i < 5; i++)
        {
            await LiveAsync(fixture, peer, router, TimeSpan.FromSeconds(1));
            await router.ExpectAsync(MessageType.Keepalive);
        }
    }

    private static async Task LiveAsync(SpeakerFixture fixture, BgpPeer peer, ScriptedPeer router, TimeSpan time)
    {
        var received = peer.GetStatistics().MessagesReceived;
        await router.SendKeepaliveAsync();
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().MessagesReceived > received, "the KEEPALIVE arrives");
        await fixture.AdvanceAsync(time);
    }
}
