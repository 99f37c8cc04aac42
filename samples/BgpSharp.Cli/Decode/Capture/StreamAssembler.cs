namespace BgpSharp.Cli.Decode.Capture;

/// <summary>
/// Puts the segments of one direction of a TCP connection in order: what came twice is passed on once, what came early
/// waits. What is missing is waited for until the other side acknowledges it, which tells that only the capture misses it,
/// or until too much waits behind it.
/// </summary>
internal sealed class StreamAssembler(IOctetSink sink, MemoryBudget budget)
{
    private const int MaximumWaitingOctets = 1 << 20;
    private const int MaximumWaitingSegments = 1024;
    private const int PerSegmentOverhead = 64;

    // Farther away than any window of a BGP session: another connection of the same ports.
    private const int MaximumDistance = 1 << 26;

    // How long an acknowledged segment may still turn up: captures of several queues are a little out of order.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly List<WaitingSegment> _waiting = [];
    private int _waitingOctets;
    private uint _next;
    private bool _started;
    private bool _synHadPayload;
    private DateTimeOffset? _acknowledged;

    /// <summary>The sequence number of the SYN, when it was seen.</summary>
    public uint? SynSequence { get; private set; }

    /// <summary>Whether anything was seen.</summary>
    public bool IsStarted => _started;

    public void Syn(uint sequence, bool hasPayload)
    {
        SynSequence = sequence;
        _next = sequence + 1;
        _started = true;
        _synHadPayload = hasPayload;
    }

    public void Payload(uint sequence, ReadOnlySpan<byte> payload, DateTimeOffset? time)
    {
        if (payload.IsEmpty)
        {
            return;
        }

        if (!_started)
        {
            _next = sequence;
            _started = true;
        }

        if (_synHadPayload && sequence != SynSequence + 1)
        {
            // Programs that make up captures put octets into the SYN, and forget that it counts as one itself.
            _next = sequence == _next - 1 ? sequence : _next;
            _synHadPayload = false;
        }

        var ahead = (int)(sequence - _next);
        if (ahead is > MaximumDistance or < -MaximumDistance)
        {
            GiveUpWaiting();
            sink.Gap(0);
            _next = sequence;
            ahead = 0;
        }

        if (ahead > 0)
        {
            Keep(sequence, payload, time);
            return;
        }

        PassOn(sequence, payload, time);
        Drain();
    }

    /// <summary>The other side has everything before this number.</summary>
    public void Acknowledged(uint sequence, DateTimeOffset? time)
    {
        if (_waiting.Count == 0 || (int)(sequence - _waiting[0].Sequence) < 0)
        {
            return;
        }

        _acknowledged ??= time;
        if (time is null || time - _acknowledged >= s_patience)
        {
            JumpOverGap();
        }
    }

    /// <summary>Nothing more will come: what waits is passed on, with its gaps.</summary>
    public void GiveUpWaiting()
    {
        while (_waiting.Count > 0)
        {
            JumpOverGap();
        }
    }

    private void Keep(uint sequence, ReadOnlySpan<byte> payload, DateTimeOffset? time)
    {
        var at = _waiting.Count;
        while (at > 0 && (int)(_waiting[at - 1].Sequence - sequence) > 0)
        {
            at--;
        }

        if (at > 0 && (int)(_waiting[at - 1].End - (sequence + (uint)payload.Length)) >= 0)
        {
            return;
        }

        _waiting.Insert(at, new WaitingSegment(sequence, payload.ToArray(), time));
        Account(payload.Length, 1);
        while (_waitingOctets > MaximumWaitingOctets || _waiting.Count > MaximumWaitingSegments)
        {
            JumpOverGap();
        }
    }

    private void JumpOverGap()
    {
        sink.Gap((int)(_waiting[0].Sequence - _next));
        _next = _waiting[0].Sequence;
        Drain();
    }

    private void Drain()
    {
        var taken = 0;
        while (taken < _waiting.Count && (int)(_waiting[taken].Sequence - _next) <= 0)
        {
            var segment = _waiting[taken++];
            Account(-segment.Octets.Length, -1);
            PassOn(segment.Sequence, segment.Octets, segment.Time);
        }

        if (taken > 0)
        {
            _waiting.RemoveRange(0, taken);
            _acknowledged = null;
        }
    }

    private void PassOn(uint sequence, ReadOnlySpan<byte> payload, DateTimeOffset? time)
    {
        var known = (int)(_next - sequence);
        if (known < payload.Length)
        {
            sink.Octets(payload[known..], time);
            _next = sequence + (uint)payload.Length;
        }
    }

    private void Account(int octets, int segments)
    {
        _waitingOctets += octets;
        var charge = octets + (segments * PerSegmentOverhead);
        if (charge >= 0)
        {
            budget.Take(charge);
        }
        else
        {
            budget.Give(-charge);
        }
    }
}
