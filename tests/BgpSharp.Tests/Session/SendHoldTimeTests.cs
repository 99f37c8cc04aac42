using System.Net;

namespace BgpSharp.Tests.Session;

public sealed class SendHoldTimeTests
{
    [Fact]
    public async Task A_peer_that_reads_some_of_it_keeps_the_session()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await StallAsync(fixture, sendHoldTime: 20);
        await LiveAsync(fixture, peer, router, 18);
        var before = peer.GetStatistics().UpdatesSent;
        while (peer.GetStatistics().UpdatesSent == before)
        {
            await router.ReadAsync();
            await SpeakerFixture.Settle();
        }

        await UntilStalledAsync(peer);
        await LiveAsync(fixture, peer, router, 18);

        peer.State.Should().Be(BgpSessionState.Established, "octets were taken 18 s ago");
        await LiveAsync(fixture, peer, router, 3);
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.SendHoldTimerExpired);
    }

    [Fact]
    public async Task A_shorter_time_counts_at_once_and_needs_no_new_session()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await StallAsync(fixture, sendHoldTime: null);
        await LiveAsync(fixture, peer, router, 18);

        (await peer.UpdateAsync(Options(30))).Should().BeFalse("no OPEN would differ, so nothing is reset");
        await LiveAsync(fixture, peer, router, 9);
        peer.State.Should().Be(BgpSessionState.Established, "27 s are less than 30 s");
        await LiveAsync(fixture, peer, router, 6);

        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.SendHoldTimerExpired);
        await SpeakerFixture.UntilAsync(() => peer.Driver.ConnectionCount <= 1, "the peer is not waited for: its connection goes without the clock moving");
    }

    [Fact]
    public async Task Octets_that_TCP_acknowledges_while_one_long_send_waits_keep_the_session()
    {
        await using var fixture = SpeakerFixture.Create();
        WrappedConnection? socket = null;
        fixture.Network.Wrap = connection => socket = new WrappedConnection(connection) { Unacknowledged = 1_000_000 };
        var (peer, router) = await StallAsync(fixture, sendHoldTime: 20);
        for (var taken = 0; taken < 4; taken++)
        {
            await LiveAsync(fixture, peer, router, 12);
            socket!.Unacknowledged -= 100;
        }

        peer.State.Should().Be(BgpSessionState.Established, "a slow peer is not a dead one");
        await LiveAsync(fixture, peer, router, 24);
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.SendHoldTimerExpired);
    }

    [Fact]
    public async Task What_fits_in_our_kernel_is_not_taken_by_the_peer()
    {
        await using var fixture = SpeakerFixture.Create();
        WrappedConnection? socket = null;
        fixture.Network.Wrap = connection => socket = new WrappedConnection(connection);
        var (peer, router) = await fixture.EstablishAsync(Options(20));
        await LiveAsync(fixture, peer, router, 60);
        peer.State.Should().Be(BgpSessionState.Established, "all was taken");
        socket!.WindowIsClosed = true;
        await LiveAsync(fixture, peer, router, 18);
        socket.Unacknowledged.Should().BePositive("KEEPALIVEs went to the kernel, and no send waits");
        socket.Unacknowledged -= 1;
        await LiveAsync(fixture, peer, router, 18);
        peer.State.Should().Be(BgpSessionState.Established, "an octet was taken less than 20 s ago");

        await LiveAsync(fixture, peer, router, 9);

        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.SendHoldTimerExpired, "what waits is withdrawals, for all we know");
    }

    [Fact]
    public async Task TCP_itself_gives_up_later_than_the_send_hold_timer()
    {
        await using var fixture = SpeakerFixture.Create();
        WrappedConnection? socket = null;
        fixture.Network.Wrap = connection => socket = new WrappedConnection(connection);
        var (peer, _) = await fixture.EstablishAsync(Options(20));
        socket!.UserTimeout.Should().BeGreaterThan(TimeSpan.FromSeconds(20));

        await peer.UpdateAsync(Options(60));

        socket.UserTimeout.Should().BeGreaterThan(TimeSpan.FromSeconds(60));
    }

    private static BgpPeerOptions Options(int? sendHoldTime) => new()
    {
        Address = SpeakerFixture.RouterAddress,
        RemoteAsn = SpeakerFixture.RemoteAsn,
        ConnectMode = BgpConnectMode.Active,
        HoldTime = TimeSpan.FromSeconds(9),
        SendHoldTime = sendHoldTime is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static async Task<(BgpPeer Peer, ScriptedPeer Router)> StallAsync(SpeakerFixture fixture, int? sendHoldTime)
    {
        fixture.Speaker.Routes.Announce(Enumerable.Range(0, 40_000).Select(host => IpPrefix.Create(new IPAddress([203, 0, (byte)(host >> 8), (byte)host]), 32)));
        var (peer, router) = await fixture.EstablishAsync(Options(sendHoldTime));
        await UntilStalledAsync(peer);
        return (peer, router);
    }

    /// <summary>Waits, with the clock standing still, until a send waits for the peer.</summary>
    private static Task UntilStalledAsync(BgpPeer peer) => SpeakerFixture.UntilAsync(
        () => peer.Driver.Established!.LastSent(TimeSpan.MaxValue) != TimeSpan.MaxValue, "the peer does not take all of it");

    /// <summary>Time passes, and the peer's KEEPALIVEs keep coming.</summary>
    private static async Task LiveAsync(SpeakerFixture fixture, BgpPeer peer, ScriptedPeer router, int seconds)
    {
        for (var second = 0; second < seconds && peer.State == BgpSessionState.Established; second += 3)
        {
            var received = peer.GetStatistics().MessagesReceived;
            await router.SendKeepaliveAsync();
            await SpeakerFixture.UntilAsync(() => peer.GetStatistics().MessagesReceived > received, "the KEEPALIVE arrives");
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(3));
        }
    }
}
