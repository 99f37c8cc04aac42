using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>
/// Sends the packets of a session: what is news at once, and what only says that we are here through the kernel, ahead of its time,
/// where it has a ring. The loop's own.
/// </summary>
internal sealed class BfdTransmitter(BfdSender sender, SendRing? ring) : IDisposable
{
    // EAGAIN: the kernel took some, and said nothing.
    private const int Again = 11;

    private readonly BfdSchedule _ahead = new();
    private SendRing? _ring = ring;

    /// <summary>Packets sent, of which the kernel's count when they were due.</summary>
    public long Sent { get; private set; }

    public long SendErrors { get; private set; }

    /// <summary>Whether periodic packets go through the kernel.</summary>
    public bool HasRing => _ring is not null;

    /// <summary>The error that ended the ring; 0: none has.</summary>
    public int Failure { get; private set; }

    /// <summary>When the first packet is due that the kernel does not have; null: it has none.</summary>
    public TimeSpan? UncoveredAt => _ahead.IsEmpty ? null : _ahead.Next;

    public void Send(in BfdControlPacket packet)
    {
        if (sender.Send(packet))
        {
            Sent++;
        }
        else
        {
            SendErrors++;
        }
    }

    /// <summary>Has the machine know what was sent for it until now.</summary>
    public void Advance(ref BfdMachineState machine, TimeSpan now)
    {
        if (!_ahead.IsEmpty)
        {
            Sent += _ahead.Advance(ref machine, now);
        }

        CountFailures();
    }

    /// <summary>Takes back what the machine does not want any more.</summary>
    public void Review(in BfdMachineState machine)
    {
        if (!_ahead.IsEmpty && !_ahead.Fits(machine))
        {
            TakeBack();
        }
    }

    /// <summary>Hands over what is to be sent in the next seconds.</summary>
    public void Extend(in BfdMachineState machine, TimeSpan now, Chance chance)
    {
        if (_ring is null || (_ahead.IsEmpty ? !BfdSchedule.Allows(machine) || !_ahead.MayBegin(now) : _ahead.RefillAt > now))
        {
            return;
        }

        if (_ahead.IsEmpty)
        {
            sender.Prepare(machine.ToPacket(final: false));
        }

        var isTaken = true;
        while (isTaken && _ahead.TryAdd(machine, now, chance.NextDouble(), out var at))
        {
            isTaken = sender.TrySendAt(_ring, at);
        }

        if (!isTaken || !_ring.TrySubmit())
        {
            GiveUp(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Nothing is sent any more that was handed over.</summary>
    public void TakeBack()
    {
        var isTakenBack = _ring is null || _ring.TryTakeBack();
        var now = BfdClock.Now;

        // A pause between the clock of this turn and now: the kernel went on.
        Sent += _ahead.CountUntil(now);
        _ahead.TakeBack(now);
        if (!isTakenBack)
        {
            GiveUp(Marshal.GetLastPInvokeError());
        }
    }

    public void Dispose()
    {
        _ring?.Dispose();
        sender.Dispose();
    }

    // What the kernel could not send was counted as sent.
    private void CountFailures()
    {
        while (_ring is not null && _ring.TryTakeFailure(out var isSend, out var error))
        {
            if (error == SendRing.Cancelled)
            {
                continue;
            }

            if (isSend)
            {
                Sent--;
                SendErrors++;
            }
            else
            {
                GiveUp(-error);
            }
        }
    }

    private void GiveUp(int error)
    {
        Failure = error == 0 ? Again : error;
        _ring?.TryTakeBack();
        _ring?.Dispose();
        _ring = null;
        _ahead.TakeBack(BfdClock.Now);
    }
}
