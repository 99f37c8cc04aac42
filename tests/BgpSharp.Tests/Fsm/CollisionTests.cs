using BgpSharp.Fsm;

namespace BgpSharp.Tests.Fsm;

/// <summary>RFC 4271 §6.8; 1 is the connection we dialled, -1 the one the peer dialled.</summary>
public sealed class CollisionTests
{
    private const string Lower = "198.51.100.9";
    private const string Equal = "198.51.100.11";
    private const string Higher = "198.51.100.99";

    [Theory]
    [InlineData(1, -1, Lower, -1)]
    [InlineData(-1, 1, Lower, -1)]
    [InlineData(1, -1, Higher, 1)]
    [InlineData(-1, 1, Higher, 1)]
    public void The_second_OPEN_decides_for_the_dial_of_the_higher_identifier(int first, int second, string identifier, int loser)
    {
        var peer = Both().Open(first, FsmPeer.PeersOpen(identifier));
        peer.Did.Should().Be($"SendKeepalive {first}", "a connection in OpenSent does not collide yet");

        peer.Open(second, FsmPeer.PeersOpen(identifier));

        var lost = $"SendNotification 6/7 {loser}, Close {loser}, AttemptFailed Collision {loser}";
        peer.Did.Should().Be(loser == second ? lost : $"{lost}, SendKeepalive {second}");
        peer.LastActions.Single(action => action.Reason is not null).Reason!.ToString().Should().Be(
            $"collision: Cease, Connection Collision Resolution (6/7); the connection {(loser == 1 ? "the peer" : "we")} opened won");
        peer.State.Find(loser).Should().BeNull();
        peer.State.Find(-loser)!.State.Should().Be(BgpSessionState.OpenConfirm);
        peer.State.ConnectRetryCounter.Should().Be(0, "losing a collision is no failure");

        peer.Keepalive(-loser).State.State.Should().Be(BgpSessionState.Established);
        peer.State.ConnectRetryDeadline.Should().BeNull();
        peer.State.IdleHoldDeadline.Should().BeNull("dialling is over");
    }

    [Theory]
    [InlineData(65000u, 65001u, 1)]
    [InlineData(65002u, 65001u, -1)]
    public void Of_equal_identifiers_the_dial_of_the_larger_AS_is_kept(uint localAsn, uint remoteAsn, int loser)
    {
        var peer = Both(FsmPeer.Configure(localAsn: localAsn, remoteAsn: remoteAsn));

        peer.Open(1, FsmPeer.PeersOpen(Equal)).Open(-1, FsmPeer.PeersOpen(Equal));

        peer.State.Find(loser).Should().BeNull("RFC 6286 §2.3");
        peer.State.Find(-loser).Should().NotBeNull();
    }

    [Theory]
    [InlineData(Lower)]
    [InlineData(Higher)]
    public void Against_a_session_the_new_connection_loses_whatever_the_identifiers(string identifier)
    {
        var peer = Both().Open(1, FsmPeer.PeersOpen(identifier)).Keepalive(1);
        peer.Did.Should().Be("SessionUp 1", "the other one is tracked until its OPEN comes");

        peer.Open(-1, FsmPeer.PeersOpen(identifier));

        peer.Did.Should().Be("SendNotification 6/7 -1, Close -1, AttemptFailed Collision -1");
        peer.LastActions[2].Reason!.ToString().Should().EndWith("; the session that is up won");
        peer.State.Established!.Id.Should().Be(1);
        peer.State.NextDeadline.Should().Be(peer.State.Established.KeepaliveDeadline, "no dial is planned beside a session");
    }

    [Theory]
    [InlineData(1, -1, Higher, true)]
    [InlineData(1, -1, Lower, false)]
    [InlineData(-1, 1, Higher, false)]
    [InlineData(-1, 1, Lower, true)]
    [InlineData(-1, -2, Higher, true)]
    [InlineData(-1, -2, Lower, false)]
    public void A_session_is_judged_by_the_identifiers_where_that_is_configured(int session, int other, string identifier, bool givesWay)
    {
        var peer = session == 1 || other == 1 ? Both(Detecting()) : new FsmPeer(Detecting()).Start().Accepted(-1);
        peer.Open(session, FsmPeer.PeersOpen(identifier)).Keepalive(session);
        if (other == -2)
        {
            peer.Accepted(-2);
        }

        peer.Open(other, FsmPeer.PeersOpen(identifier));

        peer.Did.Should().Be(
            givesWay
                ? $"SendNotification 6/7 {session}, Close {session}, SessionDown Collision {session}, SendKeepalive {other}"
                : $"SendNotification 6/7 {other}, Close {other}, AttemptFailed Collision {other}",
            "RFC 4271 §6.8 with CollisionDetectEstablishedState");
    }

    [Fact]
    public void A_session_is_given_up_by_event_23_where_that_is_configured()
    {
        var peer = new FsmPeer(Detecting()).Start().Dialled().Establish(1);

        peer.Do(FsmEventKind.OpenCollisionDump, 1).Did.Should().Be("SendNotification 6/7 1, Close 1, SessionDown Collision 1", "RFC 4271 §8.2.2, Established, Event 23");
    }

    private static PeerFsmConfig Detecting() => new()
    {
        LocalAsn = 65000,
        LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
        RemoteAsn = 65001,
        HoldTime = TimeSpan.FromSeconds(90),
        CollisionDetectEstablished = true,
    };

    [Theory]
    [InlineData(Lower, -1)]
    [InlineData(Higher, 1)]
    public void With_both_OPENs_delayed_the_OPENs_of_the_peer_decide_and_the_loser_may_never_have_sent_one(string identifier, int loser)
    {
        var peer = Both(FsmPeer.Configure(delayOpen: 60));
        peer.State.State.Should().Be(BgpSessionState.Connect, "RFC 4271 §8.2.2, Connect, Event 16 with DelayOpen");

        peer.Open(loser, FsmPeer.PeersOpen(identifier)).Did.Should().Be($"SendOpen {loser}, SendKeepalive {loser}");
        peer.Open(-loser, FsmPeer.PeersOpen(identifier)).Did.Should().Be(
            $"SendNotification 6/7 {loser}, Close {loser}, AttemptFailed Collision {loser}, SendOpen {-loser}, SendKeepalive {-loser}");
        peer.Keepalive(-loser).State.State.Should().Be(BgpSessionState.Established);
    }

    [Fact]
    public void A_connection_accepted_beside_an_accepted_session_loses_too()
    {
        var peer = new FsmPeer(FsmPeer.Configure(active: false)).Start().Accepted(-1).Establish(-1);

        peer.Accepted(-2).Did.Should().Be("SendOpen -2");
        peer.Open(-2).Did.Should().Be("SendNotification 6/7 -2, Close -2, AttemptFailed Collision -2");
        peer.State.Established!.Id.Should().Be(-1);
    }

    [Fact]
    public void A_connection_tracked_beside_a_session_takes_over_when_the_session_falls_first()
    {
        var peer = Both().Open(-1).Keepalive(-1).Notified(-1, BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution);
        peer.Did.Should().Be("Close -1, SessionDown NotificationReceived -1");

        peer.Establish(1);

        peer.Did.Should().Be("SessionUp 1");
        peer.State.State.Should().Be(BgpSessionState.Established);
    }

    [Fact]
    public void A_dial_in_progress_is_given_up_when_the_accepted_connection_is_established()
    {
        var peer = new FsmPeer().Start().Accepted().Open(-1);
        peer.State.Dialling.Should().Be(BgpSessionState.Connect, "until then the dial goes on");

        peer.Keepalive(-1);

        peer.Did.Should().Be("SessionUp -1, Close 1");
        peer.Do(FsmEventKind.TcpConnectionRequestAcked, 1).Did.Should().Be("Close 1", "TCP may have come up in that moment");
        peer.State.State.Should().Be(BgpSessionState.Established);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_second_accepted_connection_replaces_one_that_is_not_established(bool openReceived)
    {
        var peer = new FsmPeer(FsmPeer.Configure(active: false)).Start().Accepted(-1);
        if (openReceived)
        {
            peer.Open(-1);
        }

        peer.Accepted(-2);

        peer.Did.Should().Be("SendNotification 6/7 -1, Close -1, AttemptFailed Collision -1, SendOpen -2");
        peer.Establish(-2).Did.Should().Be("SessionUp -2", "a peer that dials again has given the first one up");
    }

    [Fact]
    public void The_loser_of_a_collision_is_dialled_again_when_the_winner_fails_too()
    {
        var peer = Both().Open(1, FsmPeer.PeersOpen(Higher)).Open(-1, FsmPeer.PeersOpen(Higher)).Lost(-1);

        peer.State.State.Should().Be(BgpSessionState.Idle);
        peer.Expire().Did.Should().Be("Connect 2");
    }

    [Fact]
    public void A_wrong_OPEN_on_a_second_connection_leaves_the_session_alone()
    {
        var peer = Both().Establish(1).Open(-1, FsmPeer.PeersOpen(asn: 65009));

        peer.Did.Should().Be("SendNotification 2/2 -1, Close -1, AttemptFailed ProtocolError -1");
        peer.State.Established!.Id.Should().Be(1);
        (peer.State.ConnectRetryCounter, peer.State.Misconfigured).Should().Be((0, false));
    }

    [Fact]
    public void While_an_accepted_connection_waits_for_an_OPEN_dialling_goes_on()
    {
        var peer = new FsmPeer().Start().DialFails().Accepted();

        peer.Expire().Did.Should().Be("Connect 2", "the peer may have died after its SYN, and an OPEN is waited for 4 minutes");
        peer.State.State.Should().Be(BgpSessionState.OpenSent);
    }

    /// <summary>Two speakers dial each other at once: every message of both crosses the other's.</summary>
    [Theory]
    [InlineData("198.51.100.11", "198.51.100.9")]
    [InlineData("198.51.100.9", "198.51.100.11")]
    public void Two_speakers_that_dial_each_other_at_once_agree_on_the_connection(string left, string right)
    {
        var a = Speaker(left, 65000, 65001).Start();
        var b = Speaker(right, 65001, 65000).Start();

        // Each side's 1 is the other's -1.
        a.Dialled().Accepted();
        b.Dialled().Accepted();
        a.Open(1, LocalOpen.Create(b.Config)).Open(-1, LocalOpen.Create(b.Config));
        b.Open(1, LocalOpen.Create(a.Config)).Open(-1, LocalOpen.Create(a.Config));

        var kept = left == "198.51.100.11" ? 1 : -1;
        a.Keepalive(kept).State.Established!.Id.Should().Be(kept, "the higher identifier's dial is kept");
        b.Keepalive(-kept).State.Established!.Id.Should().Be(-kept, "both sides keep the same connection");
    }

    private static FsmPeer Both(PeerFsmConfig? config = null) => new FsmPeer(config).Start().Dialled().Accepted();

    private static FsmPeer Speaker(string identifier, uint localAsn, uint remoteAsn) => new(new PeerFsmConfig
    {
        LocalAsn = localAsn,
        LocalIdentifier = BgpIdentifier.Parse(identifier),
        RemoteAsn = remoteAsn,
        HoldTime = TimeSpan.FromSeconds(90),
    });
}
