using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

/// <summary>What graceful restart changes in how sessions end (RFC 4724 §4.2 and §5, RFC 8538 §3 and §4).</summary>
public sealed class GracefulRestartTests
{
    private const string TheirRoutesStay = "ipv4-unicast";
    private const string Gone = "";

    [Theory]
    [InlineData(false, false, "lost", Gone)]
    [InlineData(true, false, "lost", TheirRoutesStay)]
    [InlineData(true, true, "lost", TheirRoutesStay)]
    [InlineData(false, false, "hold timer", Gone)]
    [InlineData(true, false, "hold timer", Gone)]
    [InlineData(true, true, "hold timer", TheirRoutesStay)]
    [InlineData(true, false, "NOTIFICATION", Gone)]
    [InlineData(true, true, "NOTIFICATION", TheirRoutesStay)]
    [InlineData(true, true, "Hard Reset", Gone)]
    [InlineData(true, true, "stop", Gone)]
    [InlineData(true, true, "silent stop", Gone)]
    [InlineData(true, true, "mistake", Gone)]
    [InlineData(true, true, "takes nothing", Gone)]
    public void The_peers_routes_stay_after_endings_that_it_comes_back_from(bool offered, bool notifications, string ending, string kept)
    {
        var peer = Established(offered ? FsmPeer.Restart(notifications) : null, FsmPeer.Restart(notifications));

        var reason = End(peer, ending).LastActions.Single(action => action.Kind == FsmActionKind.SessionDown).Reason!;

        string.Join(' ', reason.FamiliesKept).Should().Be(kept, "RFC 4724 §4.2, RFC 8538 §4");
    }

    [Fact]
    public void Only_families_that_the_peer_names_and_the_session_is_about_stay()
    {
        var theirs = new GracefulRestartCapability(120, [new(BgpFamily.Ipv6Unicast), new(new BgpFamily(1, 128))]);

        End(Established(FsmPeer.Restart(false), theirs), "lost").LastActions[1].Reason!.FamiliesKept.Should().BeEmpty();
    }

    [Fact]
    public void A_peer_that_asks_for_no_time_has_its_routes_dropped()
    {
        var theirs = new GracefulRestartCapability(0, [new(BgpFamily.Ipv4Unicast)]);

        End(Established(FsmPeer.Restart(false), theirs), "lost").LastActions[1].Reason!.FamiliesKept.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false, true, "stop", "6/2")]
    [InlineData(true, false, "stop", "6/2")]
    [InlineData(true, true, "stop", "6/9 6/2")]
    [InlineData(true, true, "mistake", "6/9 3/1")]
    [InlineData(true, true, "hold timer", "4/0")]
    [InlineData(true, true, "takes nothing", "6/9 8/0")]
    [InlineData(true, true, "silent stop", "none")]
    public void With_the_N_bit_of_both_the_real_error_travels_in_a_Hard_Reset(bool ours, bool theirs, string ending, string sent)
    {
        var peer = Established(FsmPeer.Restart(ours), FsmPeer.Restart(theirs));

        var actions = End(peer, ending).LastActions;

        var notification = actions.SingleOrDefault(action => action.Kind == FsmActionKind.SendNotification).Notification;
        Describe(notification).Should().Be(sent, "RFC 8538 §3.1");
        Describe(actions.Single(action => action.Kind == FsmActionKind.SessionDown).Reason!.Notification).Should().Be(sent, "the reason has what was sent");
        if (ending == "stop")
        {
            (notification!.HardResetReason ?? notification).ShutdownCommunication.Should().Be("bye", "the text goes with it");
        }
    }

    [Theory]
    [InlineData("198.51.100.9")]
    [InlineData("198.51.100.99")]
    public void An_OPEN_on_a_connection_begun_beside_the_session_says_that_the_peer_has_restarted(string identifier)
    {
        var restart = FsmPeer.Restart(false);
        var peer = new FsmPeer(FsmPeer.Configure(restart: restart)).Start().Dialled().Establish(1, FsmPeer.PeersOpen(identifier, restart: restart)).Accepted(-1);

        peer.Open(-1, FsmPeer.PeersOpen(identifier, restart: restart));

        peer.Did.Should().Be("Close 1, SessionDown ConnectionLost 1, SendKeepalive -1", "RFC 4724 §5: the old connection is dropped without a NOTIFICATION");
        peer.LastActions[1].Reason!.FamiliesKept.Should().Equal(BgpFamily.Ipv4Unicast);
        peer.LastActions[1].Reason!.ToString().Should().Be("connection lost: the peer opened another one: it has restarted");
        peer.Keepalive(-1).Did.Should().Be("SessionUp -1");
    }

    [Fact]
    public void A_connection_under_way_before_the_session_was_up_is_an_ordinary_collision()
    {
        var open = FsmPeer.PeersOpen(restart: FsmPeer.Restart(false));
        var peer = new FsmPeer(FsmPeer.Configure(restart: FsmPeer.Restart(false))).Start().Dialled().Accepted().Establish(1, open);

        peer.Open(-1, open).Did.Should().Be("SendNotification 6/7 -1, Close -1, AttemptFailed Collision -1", "RFC 4271 §6.8");
    }

    [Fact]
    public void A_wrong_OPEN_beside_the_session_is_no_restart()
    {
        var restart = FsmPeer.Restart(false);
        var peer = Established(restart, restart).Accepted(-1);

        peer.Open(-1, FsmPeer.PeersOpen(asn: 65009, restart: restart)).Did.Should().Be("SendNotification 2/2 -1, Close -1, AttemptFailed ProtocolError -1");
        peer.State.Established!.Id.Should().Be(1);
    }

    private static FsmPeer Established(GracefulRestartCapability? ours, GracefulRestartCapability? theirs)
    {
        var peer = new FsmPeer(FsmPeer.Configure(restart: ours)).Start().Dialled().Establish(1, FsmPeer.PeersOpen(restart: theirs));
        peer.State.State.Should().Be(BgpSessionState.Established);
        return peer;
    }

    private static FsmPeer End(FsmPeer peer, string ending)
    {
        peer.Now += 1000;
        return ending switch
        {
            "lost" => peer.Lost(1),
            "hold timer" => peer.Do(FsmEventKind.HoldTimerExpires, 1),
            "takes nothing" => peer.Do(FsmEventKind.SendHoldTimerExpires, 1),
            "NOTIFICATION" => peer.Notified(1, BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset),
            "Hard Reset" => peer.Notified(1, BgpErrorCode.Cease, CeaseSubcode.HardReset),
            "mistake" => peer.Do(new FsmEvent(FsmEventKind.UpdateMessageError, default) { Connection = 1, Error = new WireError(BgpErrorCode.UpdateMessage, 1) }),
            "silent stop" => peer.Do(FsmEventKind.ManualStop),
            _ => peer.Do(new FsmEvent(FsmEventKind.ManualStop, default)
            {
                Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown, ShutdownCommunication.Encode("bye")),
            }),
        };
    }

    private static string Describe(BgpNotification? notification) => notification is null ? "none"
        : notification.HardResetReason is { } inner ? $"{(byte)notification.Code}/{notification.Subcode} {Describe(inner)}"
        : $"{(byte)notification.Code}/{notification.Subcode}";
}
