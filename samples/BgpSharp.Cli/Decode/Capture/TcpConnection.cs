namespace BgpSharp.Cli.Decode.Capture;

/// <summary>One TCP connection of a capture: both directions, and what their OPENs said.</summary>
internal sealed class TcpConnection
{
    private readonly ICaptureSink _sink;
    private readonly MemoryBudget _budget;
    private Direction _forward;
    private Direction _backward;
    private ConnectionContent _content;

    /// <param name="first">The first segment seen; its sender's octets are the forward direction.</param>
    /// <param name="isBgpPort">Whether the port alone says that it is BGP.</param>
    /// <param name="sink">Takes the messages.</param>
    /// <param name="budget">Counts what is held back.</param>
    public TcpConnection(in TcpSegment first, bool isBgpPort, ICaptureSink sink, MemoryBudget budget)
    {
        _sink = sink;
        _budget = budget;
        _content = isBgpPort ? ConnectionContent.Bgp : ConnectionContent.Unknown;
        (_forward, _backward) = NewDirections(first.Source, first.Destination);
    }

    public ConnectionContent Content => _content;

    public void Add(in TcpSegment segment, DateTimeOffset? time)
    {
        Decide(segment.Payload);
        if (_content == ConnectionContent.Bgp)
        {
            var isForward = segment.Source == _forward.Source;
            if (segment.IsSyn && IsAnother(segment, isForward))
            {
                Finish();
                (_forward, _backward) = NewDirections(_forward.Source, _backward.Source);
            }

            var direction = isForward ? _forward : _backward;
            if (segment.IsSyn)
            {
                direction.Assembler.Syn(segment.Sequence, !segment.Payload.IsEmpty);
            }

            direction.Assembler.Payload(segment.IsSyn ? segment.Sequence + 1 : segment.Sequence, segment.Payload, time);
            if (segment.IsAck)
            {
                (isForward ? _backward : _forward).Assembler.Acknowledged(segment.Acknowledgement, time);
            }

            if (segment.IsReset)
            {
                direction.Assembler.GiveUpWaiting();
            }
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Finish()
    {
        _forward.Finish();
        _backward.Finish();
    }

    // The same ports again: a SYN that is not the one already seen.
    private bool IsAnother(in TcpSegment segment, bool isForward)
    {
        var direction = isForward ? _forward : _backward;
        return direction.Assembler.SynSequence is { } known ? known != segment.Sequence : direction.Assembler.IsStarted;
    }

    // The first octets of either side tell. Whoever speaks neither is passed over without keeping anything.
    private void Decide(ReadOnlySpan<byte> payload)
    {
        if (_content == ConnectionContent.Unknown && !payload.IsEmpty)
        {
            _content = MessageFramer.MayBegin(payload) ? ConnectionContent.Bgp
                : IsBmp(payload) ? ConnectionContent.Bmp
                : ConnectionContent.Other;
        }
    }

    // The version, of RFC 7854 or of what is to follow it, a length, and one of the types (RFC 7854 §4.1).
    private static bool IsBmp(ReadOnlySpan<byte> payload) => payload is [3 or 4, 0, _, _, _, <= 6, ..];

    private (Direction Forward, Direction Backward) NewDirections(TcpEnd source, TcpEnd destination)
    {
        var session = new SessionFacts();
        return (new Direction(source, destination, session, isForward: true, _sink, _budget),
            new Direction(destination, source, session, isForward: false, _sink, _budget));
    }

    /// <summary>What one side sends.</summary>
    private sealed class Direction : IMessageSink
    {
        private readonly TcpEnd _destination;
        private readonly SessionFacts _session;
        private readonly bool _isForward;
        private readonly ICaptureSink _sink;
        private readonly MessageFramer _framer;

        public Direction(TcpEnd source, TcpEnd destination, SessionFacts session, bool isForward, ICaptureSink sink, MemoryBudget budget)
        {
            Source = source;
            _destination = destination;
            _session = session;
            _isForward = isForward;
            _sink = sink;
            _framer = new MessageFramer(this, budget);
            Assembler = new StreamAssembler(_framer, budget);
        }

        public TcpEnd Source { get; }

        public StreamAssembler Assembler { get; }

        public void Message(ReadOnlySpan<byte> message, DateTimeOffset? time) =>
            _sink.Message(message, time, Source, _destination, _session, _isForward);

        public void Skipped(long octets, long missing) => _sink.Skipped(octets, missing, Source, _destination);

        public void Finish()
        {
            Assembler.GiveUpWaiting();
            _framer.End();
        }
    }
}
