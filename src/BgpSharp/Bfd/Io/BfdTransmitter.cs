namespace BgpSharp.Bfd;

/// <summary>
/// Sends the packets of all sessions: what is news at once, and what only says that we are here through the kernel, ahead of its
/// time. The loop's own.
/// </summary>
internal sealed class BfdTransmitter(BfdNotifier notifier) : IDisposable
{
    /// <summary>Sessions that the kernel sends for at most, since each costs it memory.</summary>
    private const int MostAhead = 64;

    private readonly Chance _chance = new();
    private SendRing? _ring;
    private int _ahead;

    public bool IsAhead => _ring is not null;

    /// <summary>On the loop's thread.</summary>
    public void Open()
    {
        _ring = SendRing.TryOpen(out var error);
        notifier.ReportAhead(_ring is null ? error : 0);
    }

    /// <summary>On the loop's thread, which ends: nothing is sent any more.</summary>
    public void Dispose()
    {
        _ring?.Dispose();
        _ring = null;
    }

    public static void Send(BfdSlot slot, bool final)
    {
        if (slot.Sender.Send(slot.Machine.ToPacket(final)))
        {
            slot.Sent++;
        }
        else
        {
            slot.SendErrors++;
        }
    }

    /// <summary>Has the machine know what was sent for it until now.</summary>
    public void Advance(BfdSlot slot, TimeSpan now)
    {
        if (slot.Ahead.IsEmpty)
        {
            return;
        }

        slot.Sent += slot.Ahead.Advance(ref slot.Machine, now);
        _ahead -= slot.Ahead.IsEmpty ? 1 : 0;
    }

    /// <summary>Takes back what the machine does not want any more.</summary>
    public void Review(BfdSlot slot, TimeSpan now)
    {
        if (slot.Ahead.IsEmpty || slot.Ahead.Fits(slot.Machine))
        {
            return;
        }

        Clear(slot, now);
        if (_ring?.TryTakeBack(slot.Discriminator) == false)
        {
            GiveUp();
        }
    }

    /// <summary>Hands over what is to be sent in the next seconds.</summary>
    public void Extend(BfdSlot slot, TimeSpan now)
    {
        if (_ring is null)
        {
            if (!slot.Ahead.IsEmpty)
            {
                Clear(slot, now);
            }

            return;
        }

        if (slot.Ahead.IsEmpty)
        {
            if (_ahead == MostAhead || !BfdSchedule.Allows(slot.Machine) || !slot.Ahead.MayBegin(now))
            {
                return;
            }

            _ahead++;
            slot.Sender.Prepare(slot.Machine.ToPacket(final: false));
        }
        else if (slot.Ahead.RefillAt > now)
        {
            return;
        }

        var isTaken = true;
        while (isTaken && slot.Ahead.TryAdd(slot.Machine, now, _chance.NextDouble(), out var at))
        {
            isTaken = slot.Sender.TrySendAt(_ring, at, slot.Discriminator);
        }

        if (!isTaken || !_ring.TrySubmit())
        {
            Clear(slot, now);
            GiveUp();
        }
    }

    /// <summary>Counts what the kernel could not send.</summary>
    public void CountFailures(BfdSlot[] slots)
    {
        while (_ring is not null && _ring.TryTakeFailure(out var tag, out var isSend, out var error))
        {
            if (error == SendRing.Cancelled)
            {
                continue;
            }

            if (!isSend)
            {
                notifier.ReportAhead(-error);
                Dispose();
                return;
            }

            foreach (var slot in slots)
            {
                if (slot.Discriminator == tag)
                {
                    slot.Sent--;
                    slot.SendErrors++;
                }
            }
        }
    }

    private void Clear(BfdSlot slot, TimeSpan now)
    {
        slot.Ahead.TakeBack(now);
        _ahead--;
    }

    private void GiveUp()
    {
        notifier.ReportAhead(System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
        Dispose();
    }
}
