namespace BgpSharp.Simulation;

/// <summary>One end of a simulated TCP connection: octets arrive in order and in pieces, late, or never.</summary>
internal sealed class SimEnd(SimHost host)
{
    private const int Window = 8 * 1024;
    private const int ReceiveWindow = 64 * 1024;
    private static readonly TimeSpan RetransmitAfter = TimeSpan.FromMilliseconds(50);

    private readonly List<byte> _received = [];
    private TimeSpan _lastArrival;
    private long _delivered;
    private bool _finSent;

    public SimHost Host { get; } = host;

    public SimEnd Other { get; set; } = null!;

    /// <summary>Who reads; null: nobody does, and what arrives is answered with a reset.</summary>
    public SimConnection? Owner { get; set; }

    public bool IsEnded { get; private set; }

    public bool IsReset { get; private set; }

    public int Unacknowledged { get; private set; }

    public bool IsFull => Unacknowledged > Window;

    public bool HasUnread => _received.Count > 0;

    public ReadOnlySpan<byte> Received => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received);

    public TimeSpan NothingArrivesBefore { init => _lastArrival = value; }

    /// <summary>The connection breaks when so many octets have left this end; null: it does not.</summary>
    public long? BreaksAfter { get; set; }

    /// <summary>What this end announced when its session came up, by edit: what End-of-RIB closes.</summary>
    public Dictionary<IpPrefix, int>? FirstSet { get; set; }

    private World World => Host.World;

    public void Consume(int octets) => _received.RemoveRange(0, octets);

    public void Send(byte[] octets)
    {
        if (IsReset)
        {
            return;
        }

        Unacknowledged += octets.Length;
        for (var from = 0; from < octets.Length;)
        {
            var length = World.Random.Chance(0.8) ? octets.Length - from : 1 + World.Random.Next(octets.Length - from);
            var piece = octets.AsMemory(from, length);
            from += length;
            Schedule(() => Deliver(piece));
        }
    }

    public void Finish()
    {
        if (!_finSent && !IsReset)
        {
            _finSent = true;
            Schedule(DeliverEnd);
        }
    }

    /// <summary>Nobody reads or writes here any more. With octets unread the other end is reset.</summary>
    public void Dispose()
    {
        Owner = null;
        if (HasUnread && !_finSent)
        {
            _finSent = true;
            Schedule(Other.Reset);
        }
        else
        {
            Finish();
        }

        _received.Clear();
    }

    /// <summary>The machine is gone from one moment to the next: nobody is told.</summary>
    public void Vanish()
    {
        Owner = null;
        _finSent = true;
        IsReset = true;
        _received.Clear();
    }

    public void Reset()
    {
        if (IsReset)
        {
            return;
        }

        IsReset = true;
        Unacknowledged = 0;
        _received.Clear();
        var owner = Owner;
        if (owner is not null)
        {
            owner.Do(owner.Ended);
        }
    }

    private void Schedule(Action arrival)
    {
        var at = World.Clock.Now + World.Network.Delay();
        _lastArrival = at > _lastArrival ? at : _lastArrival;
        World.Clock.At(_lastArrival, arrival);
    }

    private void Again(Action arrival, TimeSpan at)
    {
        _lastArrival = at > _lastArrival ? at : _lastArrival;
        World.Clock.At(at, arrival);
    }

    // Pieces behind one that has to wait are there later than it: each asks again at the same moment, in order.
    private bool MustWait(Action arrival)
    {
        if (World.Network.CutUntil(Host, Other.Host) is { } until && until > World.Clock.Now)
        {
            Again(arrival, until);
            return true;
        }

        return false;
    }

    private void Deliver(ReadOnlyMemory<byte> piece)
    {
        if (IsReset || MustWait(() => Deliver(piece)))
        {
            return;
        }

        if (Other.Owner is null || Other.IsReset)
        {
            World.Clock.After(World.Network.Delay(), Reset);
            return;
        }

        if (Other._received.Count > ReceiveWindow)
        {
            Again(() => Deliver(piece), World.Clock.Now + RetransmitAfter);
            return;
        }

        var length = piece.Length;
        if (_delivered + length > BreaksAfter)
        {
            length = (int)Math.Max(0, BreaksAfter.Value - _delivered);
        }

        _delivered += length;
        Other._received.AddRange(piece.Span[..length]);
        Other.Owner.Do(Other.Owner.Readable);
        if (length < piece.Length)
        {
            World.Clock.After(World.Network.Delay(), Other.Reset);
            Reset();
            return;
        }

        Unacknowledged -= length;
        if (Owner is { } owner)
        {
            owner.Do(owner.Writable);
        }
    }

    private void DeliverEnd()
    {
        if (IsReset || MustWait(DeliverEnd))
        {
            return;
        }

        Other.IsEnded = true;
        if (Other.Owner is { } owner)
        {
            owner.Do(owner.Readable);
        }
    }
}
