using BgpSharp.Fsm;

namespace BgpSharp.Tests.Fsm;

public sealed class BackoffTests
{
    [Fact]
    public void A_peer_that_refuses_is_dialled_at_once_then_after_1_second_doubling_to_10()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 7, () => peer.DialFails()).Should().Equal(1, 2, 4, 8, 10, 10, 10);
    }

    [Fact]
    public void A_peer_that_is_silent_is_dialled_with_the_same_intervals()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 7, () => { }).Should().Equal([1, 2, 4, 8, 10, 10, 10], "the interval counts from the start of a dial");
    }

    [Fact]
    public void A_refusal_that_takes_a_while_does_not_lengthen_the_interval()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 5, () =>
        {
            peer.Now += 0.7;
            peer.DialFails();
        }).Should().Equal(1, 2, 4, 8, 10);
    }

    [Fact]
    public void A_peer_that_accepts_and_closes_is_dialled_with_the_same_intervals()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 7, () => peer.Dialled().Lost(peer.State.LastDialled)).Should().Equal(1, 2, 4, 8, 10, 10, 10);
    }

    [Fact]
    public void A_peer_that_rejects_our_configuration_is_dialled_with_intervals_up_to_60_seconds()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 8, () => peer.Dialled().Notified(peer.State.LastDialled, BgpErrorCode.OpenMessage, 2))
            .Should().Equal(1, 2, 4, 8, 16, 32, 60, 60);
    }

    [Fact]
    public void A_peer_whose_OPEN_we_refuse_is_dialled_with_intervals_up_to_60_seconds()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 8, () => peer.Dialled().Open(peer.State.LastDialled, FsmPeer.PeersOpen(asn: 65009)))
            .Should().Equal(1, 2, 4, 8, 16, 32, 60, 60);
    }

    [Theory]
    [InlineData(BgpErrorCode.OpenMessage, 2, 60)]
    [InlineData(BgpErrorCode.Cease, CeaseSubcode.ConnectionRejected, 60)]
    [InlineData(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown, 10)]
    [InlineData(BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution, 10)]
    [InlineData(BgpErrorCode.HoldTimerExpired, 0, 10)]
    [InlineData(BgpErrorCode.MessageHeader, 2, 10)]
    public void Only_a_NOTIFICATION_about_the_configuration_raises_the_ceiling(BgpErrorCode code, byte subcode, double ceiling)
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 9, () => peer.Dialled().Notified(peer.State.LastDialled, code, subcode)).Last().Should().Be(ceiling);
    }

    [Fact]
    public void The_ceiling_is_10_seconds_again_once_the_peer_is_silent_instead_of_complaining()
    {
        var peer = new FsmPeer().Start();
        DialGaps(peer, 8, () => peer.Dialled().Notified(peer.State.LastDialled, BgpErrorCode.OpenMessage, 2));

        DialGaps(peer, 3, () => { }).Should().Equal([10, 10, 10], "a router that reboots must see us within 10 seconds");
    }

    [Theory]
    [InlineData(0.0, 7.5)]
    [InlineData(0.5, 8.75)]
    [InlineData(1.0, 10)]
    public void Jitter_takes_up_to_a_quarter_off_and_adds_nothing(double jitter, double expected)
    {
        var peer = new FsmPeer { Jitter = jitter }.Start();

        DialGaps(peer, 8, () => peer.DialFails()).Last().Should().Be(expected);
    }

    [Fact]
    public void A_session_that_lasted_its_hold_time_is_dialled_again_at_once_and_the_counter_starts_over()
    {
        var peer = new FsmPeer().Start();
        DialGaps(peer, 6, () => peer.DialFails());
        peer.Dialled().Establish(peer.State.LastDialled);
        peer.State.ConnectRetryCounter.Should().Be(6, "being up is not yet having lasted");
        peer.Now += 90;

        peer.Lost(peer.State.LastDialled);

        peer.Did.Should().Be("Close 7, SessionDown ConnectionLost 7, Connect 8");
        DialGaps(peer, 3, () => peer.DialFails()).Should().Equal(1, 2, 4);
    }

    [Fact]
    public void A_session_that_fell_before_its_hold_time_goes_on_doubling()
    {
        var peer = new FsmPeer().Start();

        DialGaps(peer, 6, () => peer.Dialled().Establish(peer.State.LastDialled).Lost(peer.State.LastDialled))
            .Should().Equal([1, 2, 4, 8, 10, 10], "a peer that oscillates is damped");
    }

    [Theory]
    [InlineData(9.9, 6)]
    [InlineData(10, 0)]
    public void A_session_without_hold_time_lasted_after_10_seconds(double lived, int counter)
    {
        var peer = new FsmPeer(FsmPeer.Configure(hold: 0)).Start();
        DialGaps(peer, 5, () => peer.DialFails());
        peer.Dialled().Establish(6);
        peer.Now += lived;

        peer.Lost(6).State.ConnectRetryCounter.Should().Be(counter);
    }

    [Fact]
    public void An_error_after_the_interval_has_passed_waits_a_fresh_interval()
    {
        var peer = new FsmPeer().Start().Dialled().Open(1);
        peer.Now += 50;

        peer.Lost(1);

        peer.State.State.Should().Be(BgpSessionState.Idle);
        peer.State.IdleHoldDeadline.Should().Be(TimeSpan.FromSeconds(151));
    }

    [Fact]
    public void An_accepted_connection_that_fails_does_not_put_off_a_dial_that_is_planned()
    {
        var peer = new FsmPeer().Start().DialFails();
        var planned = peer.State.ConnectRetryDeadline;

        peer.Accepted().Notified(-1, BgpErrorCode.OpenMessage, 2);

        peer.State.ConnectRetryDeadline.Should().Be(planned);
    }

    [Fact]
    public void An_automatic_stop_starts_the_peer_again_through_the_idle_hold_timer()
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1);
        peer.Now += 1000;

        peer.Do(new FsmEvent(FsmEventKind.AutomaticStop, default) { Reason = new BgpDownReason(BgpDownKind.HandlerFaulted) });

        peer.Did.Should().Be("Close 1, SessionDown HandlerFaulted 1", "the reason is the poster's, and no NOTIFICATION was given");
        peer.State.State.Should().Be(BgpSessionState.Idle);
        peer.Expire().Did.Should().Be("Connect 2");
        peer.Now.Should().Be(1101);
    }

    [Fact]
    public void A_manual_stop_lets_nothing_start_again()
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1).Do(FsmEventKind.ManualStop);

        peer.State.NextDeadline.Should().BeNull();
        peer.Accepted().Did.Should().Be("Close -1");
    }

    [Fact]
    public void A_passive_peer_is_never_dialled()
    {
        var peer = new FsmPeer(FsmPeer.Configure(active: false)).Start();
        peer.State.State.Should().Be(BgpSessionState.Active);
        peer.State.NextDeadline.Should().BeNull("there is nothing to do but wait");

        peer.Accepted().Lost(-1).State.NextDeadline.Should().BeNull();
        peer.Accepted(-2).Notified(-2, BgpErrorCode.Cease, 2).Expire().Did.Should().BeEmpty("the idle hold ends in Active");
        peer.State.State.Should().Be(BgpSessionState.Active);
        peer.Accepted(-3).Establish(-3);
        peer.Now += 1000;
        peer.Lost(-3).LastActions.Should().NotContain(action => action.Kind == FsmActionKind.Connect);
    }

    [Fact]
    public void An_active_only_peer_accepts_nothing()
    {
        var peer = new FsmPeer(FsmPeer.Configure(passive: false)).Start();

        peer.Accepted().Did.Should().Be("Close -1");
        peer.State.State.Should().Be(BgpSessionState.Connect);
    }

    /// <summary>The seconds from each dial to the next, when each dial ends as given.</summary>
    private static List<double> DialGaps(FsmPeer peer, int count, Action end)
    {
        var gaps = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var (dial, begun) = (peer.State.LastDialled, peer.Now);
            end();
            while (peer.State.LastDialled == dial)
            {
                peer.Expire();
            }

            gaps.Add(Math.Round(peer.Now - begun, 6));
        }

        return gaps;
    }
}
