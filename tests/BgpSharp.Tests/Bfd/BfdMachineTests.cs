using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

/// <summary>The state machine of RFC 5880 §6.8, paragraph by paragraph.</summary>
public sealed class BfdMachineTests
{
    private const BfdState AdminDown = BfdState.AdminDown;
    private const BfdState Down = BfdState.Down;
    private const BfdState Init = BfdState.Init;
    private const BfdState Up = BfdState.Up;

    [Theory]
    // §6.8.6: the state we are in, the state received, the state after, the diagnostic.
    [InlineData(AdminDown, AdminDown, AdminDown, BfdDiagnostic.AdministrativelyDown)]
    [InlineData(AdminDown, Down, AdminDown, BfdDiagnostic.AdministrativelyDown)]
    [InlineData(AdminDown, Init, AdminDown, BfdDiagnostic.AdministrativelyDown)]
    [InlineData(AdminDown, Up, AdminDown, BfdDiagnostic.AdministrativelyDown)]
    [InlineData(Down, AdminDown, Down, BfdDiagnostic.None)]
    [InlineData(Down, Down, Init, BfdDiagnostic.None)]
    [InlineData(Down, Init, Up, BfdDiagnostic.None)]
    [InlineData(Down, Up, Down, BfdDiagnostic.None)]
    [InlineData(Init, AdminDown, Down, BfdDiagnostic.NeighborSignaledSessionDown)]
    [InlineData(Init, Down, Init, BfdDiagnostic.None)]
    [InlineData(Init, Init, Up, BfdDiagnostic.None)]
    [InlineData(Init, Up, Up, BfdDiagnostic.None)]
    [InlineData(Up, AdminDown, Down, BfdDiagnostic.NeighborSignaledSessionDown)]
    [InlineData(Up, Down, Down, BfdDiagnostic.NeighborSignaledSessionDown)]
    [InlineData(Up, Init, Up, BfdDiagnostic.None)]
    [InlineData(Up, Up, Up, BfdDiagnostic.None)]
    public void The_state_table(BfdState before, BfdState received, BfdState after, BfdDiagnostic diagnostic)
    {
        var rig = new BfdRig().Enter(before);

        rig.Receive(received);

        rig.State.State.Should().Be(after);
        rig.State.Diagnostic.Should().Be(diagnostic);
        var hasNews = before != after || (after == AdminDown && received is Init or Up);
        rig.Sent.Should().HaveCount(hasNews ? 1 : 0, "news is sent at once, and nothing else is (§6.8.7)");
    }

    [Fact]
    public void A_session_begins_as_5880_6_8_1_has_it()
    {
        var rig = new BfdRig();
        rig.Timer();

        rig.Sent.Should().ContainSingle().Which.Should().Be(new BfdControlPacket
        {
            State = Down,
            DetectMultiplier = 3,
            MyDiscriminator = BfdRig.LocalDiscriminator,
            DesiredMinTx = 1_000_000,
            RequiredMinRx = 50_000,
        });
    }

    [Fact]
    public void Not_Up_it_sends_once_a_second_or_less_often_6_8_3()
    {
        var rig = new BfdRig();
        rig.Timer(jitter: 0);
        rig.State.NextSend.Should().Be(TimeSpan.FromSeconds(0.75));
        rig.Config = rig.Config with { DesiredMinTx = TimeSpan.FromSeconds(5) };
        rig.At(0.75).Timer(jitter: 0);
        rig.Sent[^1].DesiredMinTx.Should().Be(5_000_000);
        rig.State.NextSend.Should().Be(TimeSpan.FromSeconds(0.75 + 3.75), "a longer interval than a second is kept");
    }

    [Theory]
    [InlineData(3, 0.0, 0.75)]
    [InlineData(3, 0.5, 0.875)]
    [InlineData(3, 1.0, 1.0)]
    [InlineData(1, 0.0, 0.75)]
    [InlineData(1, 1.0, 0.9)]
    public void The_interval_is_jittered_6_8_7(int multiplier, double jitter, double expected)
    {
        var rig = new BfdRig { Config = BfdRig.Default with { DetectMultiplier = (byte)multiplier } };
        rig.Timer(jitter);
        rig.State.NextSend.Should().BeCloseTo(TimeSpan.FromSeconds(expected), TimeSpan.FromTicks(10));
    }

    [Fact]
    public void Silence_ends_the_session_after_the_detection_time_6_8_4()
    {
        // The peer's multiplier, and the greater of our Required Min RX and its Desired Min TX.
        var rig = new BfdRig().Enter(Up);
        rig.Receive(Up, desiredMinTx: 80_000, multiplier: 4);
        rig.State.DetectionTime.Should().Be(TimeSpan.FromMilliseconds(320));
        rig.Receive(Up, desiredMinTx: 10_000, multiplier: 4);
        rig.State.DetectionTime.Should().Be(TimeSpan.FromMilliseconds(200));

        rig.After(0.1999).Timer();
        rig.State.State.Should().Be(Up);
        rig.After(0.0001).Timer();

        rig.State.State.Should().Be(Down);
        rig.State.Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired);
        rig.State.RemoteDiscriminator.Should().Be(0, "the peer is forgotten (§6.8.1)");
        rig.Sent[^1].DesiredMinTx.Should().Be(1_000_000);
    }

    [Fact]
    public void What_was_not_read_yet_is_not_silence()
    {
        var rig = new BfdRig().Enter(Up);
        var heard = rig.Now;
        rig.After(60).Timer(heardUntil: heard);
        rig.State.State.Should().Be(Up, "the socket may hold packets");
        rig.Receive(Up, at: rig.Now - TimeSpan.FromMilliseconds(10));
        rig.Timer();
        rig.State.State.Should().Be(Up, "the stamp of the last packet counts");
    }

    [Fact]
    public void A_silent_peer_is_forgotten_while_Down_too_6_8_1()
    {
        var rig = new BfdRig().Enter(Init);
        rig.Receive(AdminDown, requiredMinRx: 0);
        rig.State.RemoteDiscriminator.Should().Be(BfdRig.RemoteDiscriminator);
        rig.After(10).Timer();
        rig.State.RemoteDiscriminator.Should().Be(0);
        rig.State.RemoteState.Should().Be(Down);
        rig.State.Diagnostic.Should().Be(BfdDiagnostic.NeighborSignaledSessionDown, "it was not the silence that ended it");
        rig.State.IsSending.Should().BeTrue("what it asked for is forgotten as well");
    }

    [Fact]
    public void Up_begins_a_poll_for_the_fast_timers_6_8_3()
    {
        var rig = new BfdRig().Enter(Init);
        rig.Receive(Up, requiredMinRx: 50_000);

        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.Poll && packet.DesiredMinTx == 50_000 && packet.State == Up);
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(50), "a shorter interval is honoured at once");
        rig.After(0.05).Timer();
        rig.Sent[^1].Poll.Should().BeTrue("it goes on until it is answered (§6.5)");
        rig.Receive(Up, final: true, requiredMinRx: 50_000);
        rig.After(0.05).Timer();
        rig.Sent[^1].Poll.Should().BeFalse();
    }

    [Fact]
    public void A_poll_is_answered_at_once_6_8_7()
    {
        var rig = new BfdRig().Enter(Up);
        var next = rig.State.NextSend;
        rig.Receive(Up, poll: true);
        rig.Sent.Should().ContainSingle().Which.Should().Match<BfdControlPacket>(packet => packet.Final && !packet.Poll);
        rig.State.NextSend.Should().Be(next, "it is no periodic packet");
    }

    [Fact]
    public void A_poll_is_not_answered_in_AdminDown_6_8_6()
    {
        var rig = new BfdRig().Enter(AdminDown);
        rig.Receive(Down, poll: true);
        rig.Sent.Should().BeEmpty("the packet is discarded");
    }

    [Fact]
    public void A_longer_transmit_interval_waits_for_the_answer_6_8_3()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Config = rig.Config with { DesiredMinTx = TimeSpan.FromMilliseconds(500) };
        rig.Timer();

        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.Poll && packet.DesiredMinTx == 500_000);
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(50), "the peer expects that until it has answered");
        rig.Receive(Up, final: true);
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void A_shorter_receive_interval_waits_for_the_answer_6_8_3()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Config = rig.Config with { RequiredMinRx = TimeSpan.FromMilliseconds(20) };
        rig.Timer();

        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.Poll && packet.RequiredMinRx == 20_000);
        rig.State.DetectionTime.Should().Be(TimeSpan.FromMilliseconds(150), "the peer sends as before until it has answered");
        rig.Receive(Up, final: true, desiredMinTx: 20_000);
        rig.State.DetectionTime.Should().Be(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void A_shorter_transmit_and_a_longer_receive_interval_hold_at_once()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Config = rig.Config with { DesiredMinTx = TimeSpan.FromMilliseconds(50), RequiredMinRx = TimeSpan.FromMilliseconds(400) };
        rig.Timer();
        rig.State.DetectionTime.Should().Be(TimeSpan.FromMilliseconds(1200));
        rig.Receive(Up, final: true);
        rig.Config = rig.Config with { DesiredMinTx = TimeSpan.FromMilliseconds(20) };
        rig.Timer();
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(50), "the peer takes no more");
        rig.Receive(Up, final: true, requiredMinRx: 10_000);
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void One_poll_at_a_time_6_5()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Config = rig.Config with { RequiredMinRx = TimeSpan.FromMilliseconds(40) };
        rig.Timer();
        rig.After(0.05).Timer();
        rig.Config = rig.Config with { RequiredMinRx = TimeSpan.FromMilliseconds(20) };
        rig.After(0.05).Timer();
        rig.Sent[^1].RequiredMinRx.Should().Be(40_000, "the answer under way is about that");

        rig.After(0.01).Receive(Up, final: true);
        rig.After(0.05).Timer();
        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => !packet.Poll && packet.RequiredMinRx == 40_000, "the other P's may have answers on their way");
        rig.After(0.07).Timer();
        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.Poll && packet.RequiredMinRx == 20_000);
    }

    [Fact]
    public void A_peer_that_takes_more_is_sent_more_from_the_last_packet_on_6_8_3()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Receive(Up, requiredMinRx: 2_000_000);
        var last = rig.State.LastSent;
        rig.State.NextSend.Should().Be(last + TimeSpan.FromMilliseconds(1750), "one that takes less is sent less, from the last packet on as well");

        rig.After(0.01).Receive(Up, requiredMinRx: 50_000, jitter: 0);
        rig.State.NextSend.Should().Be(last + TimeSpan.FromMilliseconds(37.5));
    }

    [Fact]
    public void A_peer_that_wants_no_packets_gets_none_6_8_7()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Receive(Up, requiredMinRx: 0);
        rig.After(0.1).Timer();
        rig.Sent.Should().BeEmpty();
        rig.Receive(Up, requiredMinRx: 0, poll: true);
        rig.Sent.Should().ContainSingle("a poll is answered").Which.Final.Should().BeTrue();
    }

    [Fact]
    public void A_peer_in_demand_mode_is_sent_polls_and_answers_alone_6_8_7()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Receive(Up, demand: true);
        rig.After(0.1).Timer();
        rig.Sent.Should().BeEmpty("both sides are Up");
        rig.State.DetectionDeadline.Should().NotBeNull("we are not in demand mode: it goes on sending");

        rig.Receive(Up, demand: true, poll: true);
        rig.Sent.Should().ContainSingle().Which.Final.Should().BeTrue();
        rig.Config = rig.Config with { RequiredMinRx = TimeSpan.FromMilliseconds(100) };
        rig.Timer();
        rig.Sent[^1].Poll.Should().BeTrue();
        rig.Receive(Up, demand: true, final: true);
        var count = rig.Sent.Count;
        rig.After(0.1).Timer();
        rig.Sent.Should().HaveCount(count);
        rig.Receive(Down, demand: true);
        rig.Sent.Should().HaveCount(count + 1, "it is Up no more").And.Subject.Last().State.Should().Be(Down);
    }

    [Fact]
    public void Held_down_on_purpose_the_peer_is_told_and_nothing_is_taken_for_a_failure_6_8_16()
    {
        var rig = new BfdRig().Enter(Up);
        rig.Config = rig.Config with { AdminDown = true };
        rig.Timer();
        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.State == AdminDown && packet.Diagnostic == BfdDiagnostic.AdministrativelyDown);
        rig.After(10).Timer();
        rig.State.State.Should().Be(AdminDown);
        rig.State.Diagnostic.Should().Be(BfdDiagnostic.AdministrativelyDown, "silence is expected");

        rig.Config = rig.Config with { AdminDown = false };
        rig.Timer();
        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.State == Down && packet.Diagnostic == BfdDiagnostic.None);
    }

    [Fact]
    public void Echo_and_demand_are_not_offered_and_the_control_plane_is_shared()
    {
        var output = new byte[BfdControlPacket.Length];
        new BfdRig().Enter(Up).State.ToPacket(final: false).Encode(output);
        (output[1] & 0b0000_1111).Should().Be(0, "C, A, D and M are 0");
        output[20..].Should().AllBeEquivalentTo((byte)0, "Required Min Echo RX is 0");
    }

    [Fact]
    public void It_promises_no_interval_that_the_process_cannot_keep_and_polls_for_a_longer_one_6_8_3()
    {
        var rig = new BfdRig().Enter(Up);
        rig.LeastInterval = TimeSpan.FromMilliseconds(200);

        rig.After(0.01).Timer();
        rig.Sent.Should().ContainSingle().Which.Should().Match<BfdControlPacket>(packet => packet.Poll && packet.DesiredMinTx == 200_000);
        rig.State.IsSlowed.Should().BeTrue();
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(50), "until the poll is answered the peer may expect that");
        rig.After(0.01).Receive(Up, final: true);
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(200));

        rig.LeastInterval = TimeSpan.Zero;
        rig.After(0.1).Timer();
        rig.Sent[^1].Should().Match<BfdControlPacket>(packet => packet.Poll && packet.DesiredMinTx == 50_000);
        rig.State.TransmitInterval.Should().Be(TimeSpan.FromMilliseconds(50), "a shorter one surprises nobody");
        rig.State.IsSlowed.Should().BeFalse();
    }
}
