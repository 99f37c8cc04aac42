using BgpSharp.Fsm;

namespace BgpSharp.Tests.Fsm;

public sealed class TimerTests
{
    [Theory]
    [InlineData("ConnectRetryTimerExpires")]
    [InlineData("HoldTimerExpires")]
    [InlineData("KeepaliveTimerExpires")]
    [InlineData("DelayOpenTimerExpires")]
    [InlineData("IdleHoldTimerExpires")]
    [InlineData("SendHoldTimerExpires")]
    public void A_timer_event_before_its_deadline_changes_nothing(string timer)
    {
        FsmPeer[] peers =
        [
            new FsmPeer().Start(),
            new FsmPeer().Start().DialFails(),
            new FsmPeer().Start().Dialled(),
            new FsmPeer().Start().Dialled().Notified(1, BgpErrorCode.Cease, 2),
            new FsmPeer().Start().Dialled().Open(1),
            new FsmPeer().Start().Dialled().Establish(1),
            new FsmPeer(FsmPeer.Configure(delayOpen: 60)).Start().Dialled(),
        ];
        foreach (var peer in peers)
        {
            var before = peer.State;

            peer.Do(Enum.Parse<FsmEventKind>(timer), 1);

            peer.LastActions.Should().BeEmpty("in {0} the timer has been restarted since this event was posted", before.State);
            peer.State.Should().BeSameAs(before);
        }
    }

    [Fact]
    public void The_hold_time_counts_from_when_the_last_message_arrived()
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1);
        peer.Now = 180;
        peer.Do(new FsmEvent(FsmEventKind.UpdateMessage, default) { Connection = 1, At = TimeSpan.FromSeconds(150) });
        peer.State.Established!.HoldDeadline.Should().Be(TimeSpan.FromSeconds(240));

        peer.Now = 239.9;
        peer.Do(FsmEventKind.HoldTimerExpires, 1).LastActions.Should().BeEmpty();
        peer.Now = 240;
        peer.Do(FsmEventKind.HoldTimerExpires, 1).Did.Should().StartWith("SendNotification 4/0 1, Close 1, SessionDown HoldTimerExpired 1");
    }

    [Fact]
    public void A_stamp_from_before_the_last_one_does_not_shorten_the_hold_time()
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1);
        var deadline = peer.State.Established!.HoldDeadline;

        peer.Do(new FsmEvent(FsmEventKind.KeepaliveMessage, default) { Connection = 1, At = TimeSpan.FromSeconds(1) });

        peer.State.Established!.HoldDeadline.Should().Be(deadline);
    }

    [Fact]
    public void An_OPEN_is_waited_for_4_minutes()
    {
        var peer = new FsmPeer(FsmPeer.Configure(active: false)).Start().Accepted();

        peer.Expire().Did.Should().Be("SendNotification 4/0 -1, Close -1, AttemptFailed HoldTimerExpired -1");
        peer.Now.Should().Be(340);
    }

    [Theory]
    [InlineData(1.0, 30)]
    [InlineData(0.0, 22.5)]
    public void KEEPALIVEs_go_out_at_a_third_of_the_hold_time_less_jitter(double jitter, double interval)
    {
        var peer = new FsmPeer { Jitter = jitter }.Start().Dialled().Establish(1);

        foreach (var round in Enumerable.Range(1, 3))
        {
            peer.Expire().Did.Should().Be("SendKeepalive 1");
            peer.Now.Should().Be(100 + (round * interval));
            peer.Keepalive(1);
        }
    }

    [Fact]
    public void A_late_keepalive_timer_does_not_make_a_burst()
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1);
        peer.Now = 185;

        peer.Do(FsmEventKind.KeepaliveTimerExpires, 1);

        peer.State.Established!.KeepaliveDeadline.Should().Be(TimeSpan.FromSeconds(215));
    }

    [Fact]
    public void KEEPALIVEs_are_never_closer_than_a_second()
    {
        var peer = new FsmPeer(FsmPeer.Configure(hold: 3)) { Jitter = 0 }.Start().Dialled().Establish(1);

        peer.State.Established!.KeepaliveDeadline.Should().Be(TimeSpan.FromSeconds(101), "RFC 4271 §4.4");
    }

    [Theory]
    [InlineData(1.0, 110, 140)]
    [InlineData(0.0, 110, 132.5)]
    [InlineData(0.0, 101, 130)]
    [InlineData(0.0, 99, 130)]
    [InlineData(1.0, 500, 159)]
    public void The_interval_between_KEEPALIVEs_counts_from_the_last_UPDATE(double jitter, double sentAt, double deadline)
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1);
        peer.State.Established!.KeepaliveDeadline.Should().Be(TimeSpan.FromSeconds(130), "it began at 100, with 30 s");
        (peer.Now, peer.Jitter) = (129, jitter);

        peer.Do(new FsmEvent(FsmEventKind.KeepaliveMessage, default) { Connection = 1, UpdateSentAt = TimeSpan.FromSeconds(sentAt) });

        peer.State.Established!.KeepaliveDeadline.Should().Be(TimeSpan.FromSeconds(deadline), "RFC 4271 §8.2.2, and a deadline never moves back");
    }

    [Fact]
    public void Without_a_hold_time_an_UPDATE_starts_no_KEEPALIVE_timer()
    {
        var peer = new FsmPeer(FsmPeer.Configure(hold: 0)).Start().Dialled().Establish(1);

        peer.Do(new FsmEvent(FsmEventKind.KeepaliveMessage, default) { Connection = 1, UpdateSentAt = TimeSpan.FromSeconds(100) });

        peer.State.NextDeadline.Should().BeNull();
    }

    [Theory]
    [InlineData(90, 100.27, 130.25)]
    [InlineData(90, 100.2, 130)]
    [InlineData(3, 100.27, 101.27)]
    [InlineData(3, 100.2, 101.2)]
    public void A_KEEPALIVE_is_due_with_those_of_other_sessions_but_neither_late_nor_within_a_second(double hold, double now, double deadline)
    {
        var peer = new FsmPeer(FsmPeer.Configure(hold: hold)) { Now = now }.Start().Dialled().Establish(1);

        peer.State.Established!.KeepaliveDeadline.Should().Be(TimeSpan.FromSeconds(deadline));
    }

    [Fact]
    public void A_hold_time_of_zero_runs_no_timer()
    {
        var peer = new FsmPeer().Start().Dialled().Open(1, FsmPeer.PeersOpen(hold: 0));
        peer.State.NextDeadline.Should().BeNull("RFC 4271 §4.2: neither timer is started");

        peer.Keepalive(1).State.State.Should().Be(BgpSessionState.Established);
        peer.State.NextDeadline.Should().BeNull();
    }

    [Theory]
    [InlineData(90, null, 480)]
    [InlineData(600, null, 1200)]
    [InlineData(90, 100.0, 100)]
    public void A_peer_that_takes_nothing_is_given_up_after_the_send_hold_time(ushort hold, double? configured, double expected)
    {
        var config = new PeerFsmConfig
        {
            LocalAsn = 65000,
            LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
            RemoteAsn = 65001,
            HoldTime = TimeSpan.FromSeconds(hold),
            SendHoldTime = configured is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var peer = new FsmPeer(config).Start().Dialled().Establish(1, FsmPeer.PeersOpen(hold: hold));
        peer.Now = 100 + expected - 1;
        Alive(peer, sentAt: 100);
        peer.Do(FsmEventKind.SendHoldTimerExpires, 1).LastActions.Should().BeEmpty("the time is not up");

        peer.Now += 1;

        PeerFsm.TryGetDueTimer(peer.State, TimeSpan.FromSeconds(peer.Now), out var due).Should().BeTrue();
        peer.Do(due).Did.Should().StartWith("SendNotification 8/0 1, Drop 1, SessionDown SendHoldTimerExpired 1", "RFC 9687 §4.3");
    }

    [Fact]
    public void What_TCP_takes_restarts_the_send_hold_timer()
    {
        var peer = new FsmPeer().Start().Dialled().Establish(1);
        peer.Now = 400;
        Alive(peer, sentAt: 399);
        peer.Keepalive(1);
        peer.State.Established!.SendHoldDeadline.Should().Be(TimeSpan.FromSeconds(399 + 480), "a message that arrives says nothing about what TCP takes");
    }

    private static void Alive(FsmPeer peer, double sentAt) =>
        peer.Do(new FsmEvent(FsmEventKind.KeepaliveMessage, default) { Connection = 1, SentAt = TimeSpan.FromSeconds(sentAt) });

    [Fact]
    public void The_due_timers_come_one_after_the_other_and_then_none()
    {
        var peer = new FsmPeer().Start().Accepted().Open(-1);
        peer.Now = 140;
        var expired = new List<FsmEventKind>();
        while (PeerFsm.TryGetDueTimer(peer.State, TimeSpan.FromSeconds(peer.Now), out var due))
        {
            expired.Add(due.Kind);
            peer.Do(due);
        }

        expired.Should().Equal(FsmEventKind.KeepaliveTimerExpires, FsmEventKind.ConnectRetryTimerExpires);
        peer.State.NextDeadline.Should().BeGreaterThan(TimeSpan.FromSeconds(peer.Now));
    }
}
