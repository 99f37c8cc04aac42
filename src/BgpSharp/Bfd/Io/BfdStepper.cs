namespace BgpSharp.Bfd;

/// <summary>What one session does in the loop: it has the machine step, and does what the step asks for.</summary>
internal sealed class BfdStepper(BfdNotifier notifier)
{
    /// <summary>How long the peer is given to hear that a session ends on purpose.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Chance _chance = new();

    /// <summary>Takes the datagram that was read last.</summary>
    public void Receive(BfdSlot slot, TimeSpan at, TimeSpan now)
    {
        var receiver = slot.Receiver;
        if (!receiver.IsMultihop && receiver.Hops != byte.MaxValue)
        {
            slot.FromAfar++;
        }
        else if (BfdControlPacket.TryDecode(receiver.Data, out var packet) != BfdPacketError.None
            || (packet.YourDiscriminator != 0 && packet.YourDiscriminator != slot.Discriminator))
        {
            slot.Discarded++;
        }
        else
        {
            slot.Received++;
            Step(slot, BfdEvent.Received(packet, at, now, _chance.NextDouble()) with { LeastInterval = slot.LeastInterval });
        }
    }

    /// <summary>Judges silence, sends what is due, and takes up what others want.</summary>
    public void Serve(BfdSlot slot, TimeSpan now, TimeSpan leastInterval)
    {
        slot.Transmitter.Advance(ref slot.Machine, now);
        var wanted = slot.Wanted;
        if (slot.IsClosing || !ReferenceEquals(slot.InForce, wanted) || slot.LeastInterval != leastInterval || slot.Machine.NextDeadline <= now)
        {
            (slot.InForce, slot.LeastInterval) = (wanted, leastInterval);
            Step(slot, BfdEvent.Timer(now, slot.Receiver.HeardUntil, _chance.NextDouble()) with { LeastInterval = leastInterval });
        }

        slot.Transmitter.Extend(slot.Machine, now, _chance);
        if (slot.Transmitter.Failure is not 0 and var error && !slot.IsToldAlone)
        {
            slot.IsToldAlone = notifier.TryReportAlone(slot, error);
        }

        if (slot.IsUnreported)
        {
            slot.IsUnreported = !notifier.TryReportChange(slot);
        }

        slot.Publish();
        if (slot.IsClosing)
        {
            slot.ClosingBegan ??= now;
            var isKnown = slot.Machine.RemoteState is not (BfdState.Init or BfdState.Up);
            slot.IsClosed = (isKnown || now - slot.ClosingBegan >= Farewell) && notifier.TryReportClosed(slot);
        }
    }

    private void Step(BfdSlot slot, in BfdEvent input)
    {
        // By a clock of its own: a pause since the input was made has not stopped the kernel.
        slot.Transmitter.Advance(ref slot.Machine, BfdClock.Now);
        var before = slot.Machine.State;
        var (state, actions) = BfdMachine.Step(slot.Machine, input, slot.InForce ?? slot.Wanted);
        slot.Machine = state;
        slot.Transmitter.Review(state);
        if (state.State != before)
        {
            slot.TimesUp += state.State == BfdState.Up ? 1 : 0;
            slot.TimesDown += before == BfdState.Up && state.State != BfdState.AdminDown ? 1 : 0;
        }

        if ((actions & BfdActions.SendFinal) != 0)
        {
            slot.Transmitter.Send(state.ToPacket(final: true));
        }

        if ((actions & BfdActions.Send) != 0)
        {
            slot.Transmitter.Send(state.ToPacket(final: false));
        }

        if ((actions & BfdActions.StateChanged) != 0)
        {
            slot.Publish();
            slot.IsUnreported = !notifier.TryReportChange(slot);
        }
    }
}
