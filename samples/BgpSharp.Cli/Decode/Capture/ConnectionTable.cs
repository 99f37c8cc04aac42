namespace BgpSharp.Cli.Decode.Capture;

/// <summary>The connections of a capture, as many as memory allows; the one longest silent has to go first.</summary>
internal sealed class ConnectionTable(IReadOnlySet<ushort> bgpPorts, ICaptureSink sink, int maximumConnections = 16384, long maximumOctets = 64 << 20)
{
    private readonly MemoryBudget _budget = new(maximumOctets);
    private readonly Dictionary<(TcpEnd, TcpEnd), LinkedListNode<((TcpEnd, TcpEnd) Key, TcpConnection Connection)>> _connections = [];
    private readonly LinkedList<((TcpEnd, TcpEnd) Key, TcpConnection Connection)> _bySilence = [];
    private readonly int[] _finished = new int[4];

    public void Add(in TcpSegment segment, DateTimeOffset? time)
    {
        var key = Key(segment.Source, segment.Destination);
        if (_connections.TryGetValue(key, out var node))
        {
            _bySilence.Remove(node);
            _bySilence.AddLast(node);
        }
        else
        {
            var isBgpPort = bgpPorts.Contains(segment.Source.Port) || bgpPorts.Contains(segment.Destination.Port);
            node = _bySilence.AddLast((key, new TcpConnection(segment, isBgpPort, sink, _budget)));
            _connections.Add(key, node);
        }

        node.Value.Connection.Add(segment, time);
        while (_connections.Count > maximumConnections || (_budget.IsExceeded && _connections.Count > 1))
        {
            Remove(_bySilence.First!);
        }
    }

    /// <summary>The capture is at its end.</summary>
    public void Finish()
    {
        while (_bySilence.First is { } node)
        {
            Remove(node);
        }
    }

    /// <summary>How many finished connections had such content.</summary>
    public int Count(ConnectionContent content) => _finished[(int)content];

    private void Remove(LinkedListNode<((TcpEnd, TcpEnd) Key, TcpConnection Connection)> node)
    {
        node.Value.Connection.Finish();
        _finished[(int)node.Value.Connection.Content]++;
        _bySilence.Remove(node);
        _connections.Remove(node.Value.Key);
    }

    // The same key for both directions.
    private static (TcpEnd, TcpEnd) Key(TcpEnd one, TcpEnd other) =>
        (one.Address, one.Port).CompareTo((other.Address, other.Port)) <= 0 ? (one, other) : (other, one);
}
