using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

/// <summary>The session waits for BFD where both sides want that (draft-ietf-idr-bgp-bfd-strict-mode).</summary>
public sealed class BfdStrictTests
{
    [Theory]
    // Ours, the peer's, BFD is Up; what is done on the peer's OPEN, and the state then.
    [InlineData(false, false, false, "SendKeepalive 1", BgpSessionState.OpenConfirm)]
    [InlineData(false, true, false, "SendKeepalive 1", BgpSessionState.OpenConfirm)]
    [InlineData(true, false, false, "SendKeepalive 1", BgpSessionState.OpenConfirm)]
    [InlineData(true, true, true, "SendKeepalive 1", BgpSessionState.OpenConfirm)]
    [InlineData(true, true, false, "AwaitBfd 1", BgpSessionState.OpenSent)]
    public void Only_two_that_are_strict_wait_and_only_while_BFD_is_not_Up(bool ours, bool theirs, bool isUp, string did, BgpSessionState state)
    {
        var peer = new FsmPeer(Configure(ours)).Start().Dialled();
        if (isUp)
        {
            peer.Do(FsmEventKind.BfdUp);
        }

        peer.Open(1, Open(theirs)).Did.Should().Be(did);

        peer.State.State.Should().Be(state);
        LocalOpen.Create(peer.Config).Capabilities.Contains(BgpCapability.BfdStrictMode).Should().Be(ours);
    }

    [Theory]
    // What happens while BFD is waited for; what is done about it, and the state then.
    [InlineData("BfdUp", "SendKeepalive 1", BgpSessionState.OpenConfirm)]
    [InlineData("BfdDown", "", BgpSessionState.OpenSent)]
    [InlineData("KeepaliveMessage", "", BgpSessionState.OpenSent)]
    [InlineData("KeepaliveMessage BfdUp", "SendKeepalive 1, SessionUp 1", BgpSessionState.Established)]
    [InlineData("KeepaliveTimerExpires", "", BgpSessionState.OpenSent)]
    [InlineData("SendHoldTimerExpires", "", BgpSessionState.OpenSent)]
    [InlineData("BfdHoldTimerExpires", "", BgpSessionState.OpenSent)]
    [InlineData("UpdateMessage", "SendNotification 5/1 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle)]
    [InlineData("BgpOpen", "SendNotification 5/1 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle)]
    [InlineData("BgpOpenMessageError", "SendNotification 2/4 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle)]
    [InlineData("Notification", "Close 1, AttemptFailed NotificationReceived 1", BgpSessionState.Idle)]
    [InlineData("TcpConnectionFails", "Close 1, AttemptFailed ConnectionLost 1", BgpSessionState.Active)]
    [InlineData("OpenCollisionDump", "SendNotification 6/7 1, Close 1, AttemptFailed Collision 1", BgpSessionState.Idle)]
    [InlineData("BfdUp BfdDown", "SendNotification 6/10 1, Close 1, AttemptFailed BfdDown 1", BgpSessionState.Idle)]
    [InlineData("BfdUp KeepaliveMessage BfdDown", "", BgpSessionState.Established)]
    public void What_a_waiting_connection_answers(string events, string did, BgpSessionState state)
    {
        var peer = Waiting();
        foreach (var kind in events.Split(' ').Select(Enum.Parse<FsmEventKind>))
        {
            peer.Do(new FsmEvent(kind, default)
            {
                Connection = kind is FsmEventKind.BfdUp or FsmEventKind.BfdDown ? 0 : 1,
                Open = kind == FsmEventKind.BgpOpen ? Open(strict: true) : null,
                Error = new WireError(BgpErrorCode.OpenMessage, 4),
                Notification = kind == FsmEventKind.Notification ? new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset) : null,
            });
        }

        peer.Did.Should().Be(did);
        peer.State.State.Should().Be(state);
    }

    [Fact]
    public void The_wait_ends_with_the_hold_time()
    {
        var peer = Waiting();
        peer.Now += 60;
        peer.Keepalive(1);
        peer.State.NextDeadline.Should().Be(TimeSpan.FromSeconds(peer.Now + 90), "the KEEPALIVE of a peer whose BFD is Up already counts from then");

        peer.Expire().Did.Should().Be("SendNotification 4/0 1, Close 1, AttemptFailed HoldTimerExpired 1");
        peer.LastActions[^1].Reason!.Detail.Should().Be("BFD did not come up, and both sides want it first (strict)");
    }

    [Fact]
    public void Without_a_hold_time_the_wait_has_a_bound_of_its_own()
    {
        var peer = new FsmPeer(Configure(strict: true)).Start().Dialled().Open(1, Open(strict: true, hold: 0));
        peer.State.NextDeadline.Should().Be(TimeSpan.FromSeconds(peer.Now + 30));

        peer.Expire().Did.Should().Be("SendNotification 6/10 1, Close 1, AttemptFailed BfdDown 1");
        peer.State.ConnectRetryCounter.Should().Be(1);
    }

    [Fact]
    public void A_path_that_fails_before_the_session_is_up_is_no_reason_to_back_off()
    {
        var peer = Waiting().Do(FsmEventKind.BfdUp).Do(FsmEventKind.BfdDown);
        peer.State.ConnectRetryCounter.Should().Be(0);
    }

    [Fact]
    public void Of_two_connections_that_wait_the_collision_is_judged_as_ever()
    {
        var peer = Waiting().Accepted().Open(-1, Open(strict: true));
        peer.Did.Should().Be("SendNotification 6/7 -1, Close -1, AttemptFailed Collision -1", "ours has the greater identifier, and what we dialled is kept");
        peer.Do(FsmEventKind.BfdUp).Did.Should().Be("SendKeepalive 1");
    }

    private static FsmPeer Waiting()
    {
        var peer = new FsmPeer(Configure(strict: true)).Start().Dialled().Open(1, Open(strict: true));
        peer.State.Outbound!.IsAwaitingBfd.Should().BeTrue();
        return peer;
    }

    private static PeerFsmConfig Configure(bool strict) => new()
    {
        LocalAsn = 65000,
        LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
        RemoteAsn = 65001,
        HoldTime = TimeSpan.FromSeconds(90),
        BfdStrict = strict,
    };

    private static OpenMessage Open(bool strict, ushort hold = 90) => new()
    {
        Capabilities = strict ? [new BgpCapability(74, [])] : [],
        MyAutonomousSystem = 65001,
        HoldTime = hold,
        Identifier = BgpIdentifier.Parse("198.51.100.9"),
    };
}
