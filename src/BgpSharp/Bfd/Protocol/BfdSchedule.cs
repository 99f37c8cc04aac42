namespace BgpSharp.Bfd;

/// <summary>
/// The periodic packets of a session that were handed over before their time, to be sent without us. While the machine would send
/// the same at the same times they stay; when it would not, they have to be taken back. It reads no clock and allocates nothing.
/// </summary>
internal sealed class BfdSchedule
{
    /// <summary>Packets at most: enough for the shortest interval, 10 ms and a quarter less by chance.</summary>
    public const int Capacity = 384;

    /// <summary>How long packets go on without us: longer than a collection of 1 GiB takes.</summary>
    public static readonly TimeSpan Cover = TimeSpan.FromSeconds(2);

    // How often a second it may be in vain: a peer can make it so with each packet.
    private const int MostTakenBack = 8;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refill = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan[] _times = new TimeSpan[Capacity];
    private int _first;
    private BfdControlPacket _packet;
    private TimeSpan _interval;
    private TimeSpan _countedSince;
    private int _takenBack;

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    /// <summary>When the first packet is due that was not handed over.</summary>
    public TimeSpan Next { get; private set; }

    /// <summary>Since when there is room for more than a few.</summary>
    public TimeSpan RefillAt { get; private set; }

    /// <summary>Whether periodic packets are all that is to be sent, each like the other.</summary>
    public static bool Allows(in BfdMachineState machine) => machine is { State: BfdState.Up, IsSending: true };

    /// <summary>Whether what was handed over is what the machine wants.</summary>
    public bool Fits(in BfdMachineState machine) =>
        Allows(machine)
        && machine.TransmitInterval == _interval
        && machine.NextSend == (IsEmpty ? Next : _times[_first])
        && machine.ToPacket(final: false) == _packet;

    /// <summary>Counts what was due as sent, and tells the machine.</summary>
    /// <returns>The packets sent.</returns>
    public int Advance(ref BfdMachineState machine, TimeSpan now)
    {
        var sent = 0;
        var last = machine.LastSent;
        while (Count > 0 && _times[_first] <= now)
        {
            last = _times[_first];
            _first = (_first + 1) % Capacity;
            Count--;
            sent++;
        }

        if (sent > 0)
        {
            machine = machine with
            {
                LastSent = last,
                NextSend = IsEmpty ? Next : _times[_first],
                PollsSent = machine.Polling ? machine.PollsSent + sent : machine.PollsSent,
            };
        }

        return sent;
    }

    /// <summary>The packets that were due by then.</summary>
    public int CountUntil(TimeSpan now)
    {
        var count = 0;
        while (count < Count && _times[(_first + count) % Capacity] <= now)
        {
            count++;
        }

        return count;
    }

    /// <summary>Takes the next packet of the machine, if there should be one more; false: that is all for now.</summary>
    public bool TryAdd(in BfdMachineState machine, TimeSpan now, double jitter, out TimeSpan at)
    {
        if (IsEmpty)
        {
            (_packet, _interval, Next) = (machine.ToPacket(final: false), machine.TransmitInterval, machine.NextSend);
        }

        at = Next;
        if (Count > 0 && (Count == Capacity || Next > now + Cover + Refill + _interval))
        {
            // Its owner wakes up once an interval at least.
            RefillAt = _interval < Refill ? now + Refill - _interval : now;
            return false;
        }

        _times[(_first + Count) % Capacity] = at;
        Count++;
        Next = at + BfdMachine.Jittered(machine, jitter);
        return true;
    }

    /// <summary>Whether to begin now: not for a peer that has it all taken back again and again.</summary>
    public bool MayBegin(TimeSpan now) => _takenBack < MostTakenBack || now - _countedSince >= Second;

    /// <summary>Forgets what was handed over.</summary>
    public void TakeBack(TimeSpan now)
    {
        (_first, Count) = (0, 0);
        (_countedSince, _takenBack) = now - _countedSince >= Second ? (now, 1) : (_countedSince, _takenBack + 1);
    }
}
