using BgpSharp.Fsm;

namespace BgpSharp.Tests.Fsm;

/// <summary>A peer kept Idle after an AutomaticStop that says for how long.</summary>
public sealed class HeldDownTests
{
    [Fact]
    public void It_is_tried_again_when_the_time_is_over_and_no_sooner()
    {
        var peer = Established().HeldDown(300);
        peer.Did.Should().Be("SendNotification 6/1 1, Close 1, SessionDown Stopped 1");
        peer.State.NextDeadline.Should().Be(TimeSpan.FromSeconds(peer.Now + 300), "the IdleHoldTimer is the only one that runs");

        peer.Now += 299;
        peer.Do(FsmEventKind.IdleHoldTimerExpires).Did.Should().BeEmpty("the timer is not due");
        peer.Accepted(-1).Did.Should().Be("Close -1");

        peer.Expire().Did.Should().Be("Connect 2");
        peer.Accepted(-2).Did.Should().Be("SendOpen -2", "the hold is over for the peer's connections too");
    }

    [Fact]
    public void Without_a_time_no_timer_runs_and_a_reset_tries_again_at_once()
    {
        var peer = Established().HeldDown(null);
        peer.State.NextDeadline.Should().BeNull();
        peer.Now += 1_000_000;
        peer.Accepted(-1).Did.Should().Be("Close -1");

        peer.Do(FsmEventKind.AutomaticStop);
        peer.State.NextDeadline.Should().Be(TimeSpan.FromSeconds(peer.Now));
        peer.Expire().Did.Should().Be("Connect 2");
    }

    [Fact]
    public void A_passive_peer_may_connect_again_when_the_time_is_over()
    {
        var peer = new FsmPeer(FsmPeer.Configure(active: false)).Start().Accepted(-1).Establish(-1).HeldDown(10);
        peer.Accepted(-2).Did.Should().Be("Close -2");
        peer.Expire().State.State.Should().Be(BgpSessionState.Active);
        peer.Accepted(-3).Did.Should().Be("SendOpen -3");
    }

    [Fact]
    public void A_second_hold_leaves_the_first_as_it_is()
    {
        var peer = Established().HeldDown(300);
        var deadline = peer.State.NextDeadline;

        peer.Now += 10;
        peer.HeldDown(300);

        peer.State.NextDeadline.Should().Be(deadline);
        peer.State.IsHeldDown.Should().BeTrue();
    }

    private static FsmPeer Established() => new FsmPeer().Start().Dialled().Establish(1);
}
