using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

public sealed class BfdScheduleTests
{
    private const double Jitter = 0.5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    // 75 % and half of the quarter that chance gives.
    private static readonly TimeSpan Jittered = TimeSpan.FromMilliseconds(43.75);

    private readonly BfdSchedule _schedule = new();

    [Fact]
    public void Packets_are_handed_over_from_the_next_one_on_for_two_seconds_and_a_half()
    {
        var rig = Up();

        var times = Fill(rig.State, rig.Now);

        times[0].Should().Be(rig.State.NextSend, "it is the machine's next packet");
        times.Zip(times.Skip(1), (one, other) => other - one).Should().AllBeEquivalentTo(Jittered, "each comes one interval, made shorter by chance, after the other (RFC 5880 §6.8.7)");
        (times[^1] - rig.Now).Should().BeCloseTo(TimeSpan.FromSeconds(2.5) + Interval, Interval);
        _schedule.Next.Should().Be(times[^1] + Jittered, "that one is left to the machine");
        (_schedule.Next - (_schedule.RefillAt + Interval)).Should().BeGreaterThan(TimeSpan.FromSeconds(2), "two seconds are handed over at any time, when it is looked at once an interval");
    }

    [Fact]
    public void What_was_due_is_what_the_machine_has_sent()
    {
        var rig = Up();
        var times = Fill(rig.State, rig.Now);
        var machine = rig.State;

        _schedule.Advance(ref machine, times[2]).Should().Be(3, "three packets were due");

        machine.LastSent.Should().Be(times[2]);
        machine.NextSend.Should().Be(times[3]);
        _schedule.Fits(machine).Should().BeTrue("the machine goes on as was planned");
        _schedule.Advance(ref machine, times[2]).Should().Be(0, "none is counted twice");
    }

    [Fact]
    public void After_a_pause_longer_than_was_planned_the_machine_sends_by_itself()
    {
        var rig = Up();
        var times = Fill(rig.State, rig.Now);
        var machine = rig.State;

        _schedule.Advance(ref machine, times[^1] + TimeSpan.FromSeconds(5)).Should().Be(times.Count);

        _schedule.IsEmpty.Should().BeTrue();
        machine.LastSent.Should().Be(times[^1]);
        machine.NextSend.Should().Be(times[^1] + Jittered, "it is late, and due at once");
    }

    [Fact]
    public void There_is_room_for_the_packets_that_went()
    {
        var rig = Up();
        var times = Fill(rig.State, rig.Now);
        var machine = rig.State;

        _schedule.Advance(ref machine, times[9]);

        Fill(machine, times[9]).Should().HaveCount(10, "as many as were sent").And.StartWith(times[^1] + Jittered);
    }

    [Fact]
    public void There_is_room_for_the_shortest_interval()
    {
        var rig = new BfdRig { Config = BfdRig.Default with { DesiredMinTx = TimeSpan.FromMilliseconds(10) } };
        rig.At(1).Enter(BfdState.Up).Receive(BfdState.Up, requiredMinRx: 10_000);

        Fill(rig.State, rig.Now, jitter: 0).Should().HaveCountLessThan(BfdSchedule.Capacity);

        (_schedule.Next - (_schedule.RefillAt + TimeSpan.FromMilliseconds(10))).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2), "two seconds are handed over at any time");
    }

    [Fact]
    public void One_packet_is_handed_over_however_long_the_interval()
    {
        var rig = new BfdRig { Config = BfdRig.Default with { DesiredMinTx = TimeSpan.FromSeconds(60) } };
        rig.At(1).Enter(BfdState.Up);

        Fill(rig.State, rig.Now).Should().HaveCountLessThanOrEqualTo(2).And.StartWith(rig.State.NextSend);
    }

    [Fact]
    public void A_poll_of_the_peer_changes_nothing()
    {
        var rig = Up();
        Fill(rig.State, rig.Now);

        rig.Receive(BfdState.Up, poll: true);

        rig.Sent.Should().ContainSingle("it is answered").Which.Final.Should().BeTrue();
        _schedule.Fits(rig.State).Should().BeTrue("the periodic packets stay as they are");
    }

    [Theory]
    [InlineData("the peer is silent for its detection time")]
    [InlineData("the peer says it is down")]
    [InlineData("the session is held down")]
    [InlineData("the peer takes fewer packets")]
    [InlineData("the peer takes more packets")]
    [InlineData("the peer enters demand mode")]
    [InlineData("another interval is configured")]
    [InlineData("the process cannot keep the interval")]
    [InlineData("another multiplier is configured")]
    [InlineData("the peer begins anew")]
    public void What_the_machine_does_not_want_any_more_is_taken_back(string cause)
    {
        var rig = Up(remoteMinRx: cause == "the peer takes more packets" ? 100_000u : 50_000u);
        Fill(rig.State, rig.Now);
        _schedule.Fits(rig.State).Should().BeTrue("nothing has happened");

        switch (cause)
        {
            case "the peer is silent for its detection time":
                rig.After(0.15).Timer();
                break;
            case "the peer says it is down":
                rig.Receive(BfdState.Down);
                break;
            case "the session is held down":
                rig.Config = rig.Config with { AdminDown = true };
                rig.Timer();
                break;
            case "the peer takes fewer packets":
                rig.Receive(BfdState.Up, requiredMinRx: 200_000);
                break;
            case "the peer takes more packets":
                rig.Receive(BfdState.Up);
                break;
            case "the peer enters demand mode":
                rig.Receive(BfdState.Up, demand: true);
                break;
            case "another interval is configured":
                rig.Config = rig.Config with { DesiredMinTx = TimeSpan.FromMilliseconds(20) };
                rig.Timer();
                break;
            case "the process cannot keep the interval":
                rig.LeastInterval = TimeSpan.FromMilliseconds(300);
                rig.Timer();
                break;
            case "another multiplier is configured":
                rig.Config = rig.Config with { DetectMultiplier = 5 };
                rig.Timer();
                break;
            case "the peer begins anew":
                rig.Receive(BfdState.Up, from: BfdRig.RemoteDiscriminator + 1);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(cause), cause, "unknown");
        }

        _schedule.Fits(rig.State).Should().BeFalse(cause);
    }

    [Fact]
    public void A_poll_is_handed_over_too_and_taken_back_when_it_is_answered()
    {
        var rig = Up();
        rig.Config = rig.Config with { DesiredMinTx = TimeSpan.FromMilliseconds(20) };
        rig.Timer();
        rig.State.Polling.Should().BeTrue("another interval is told by a poll (RFC 5880 §6.8.3)");
        var times = Fill(rig.State, rig.Now);
        var machine = rig.State;

        _schedule.Advance(ref machine, times[1]);

        machine.PollsSent.Should().Be(rig.State.PollsSent + 2, "answers to each may come");
        _schedule.Fits(machine).Should().BeTrue("the poll goes on");
        _schedule.Fits(machine with { Polling = false }).Should().BeFalse("the packets have the P bit");
    }

    [Fact]
    public void A_session_that_is_not_up_is_left_to_the_machine()
    {
        foreach (var state in new[] { BfdState.Down, BfdState.Init, BfdState.AdminDown })
        {
            BfdSchedule.Allows(new BfdRig().At(1).Enter(state).State).Should().BeFalse($"it is {state}");
        }

        BfdSchedule.Allows(Up().State).Should().BeTrue("it is Up");
    }

    [Fact]
    public void A_peer_that_changes_its_mind_with_each_packet_costs_little()
    {
        var rig = Up();
        for (var i = 0; i < 8; i++)
        {
            _schedule.MayBegin(rig.Now).Should().BeTrue("that is what a session does while it comes up");
            Fill(rig.State, rig.Now);
            _schedule.TakeBack(rig.Now);
            rig.After(0.01);
        }

        _schedule.IsEmpty.Should().BeTrue();
        _schedule.MayBegin(rig.Now).Should().BeFalse("the machine sends by itself for a while");
        _schedule.MayBegin(rig.After(1).Now).Should().BeTrue();
    }

    private static BfdRig Up(uint remoteMinRx = 50_000)
    {
        var rig = new BfdRig().At(1).Enter(BfdState.Up);
        rig.After(0.01).Receive(BfdState.Up, requiredMinRx: remoteMinRx);
        rig.Sent.Clear();
        return rig;
    }

    private List<TimeSpan> Fill(in BfdMachineState machine, TimeSpan now, double jitter = Jitter)
    {
        List<TimeSpan> times = [];
        while (_schedule.TryAdd(machine, now, jitter, out var at))
        {
            times.Add(at);
        }

        return times;
    }
}
