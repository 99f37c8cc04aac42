namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>
/// Records that wait for their export. Adding one waits for nothing; where they are too many or too long, the oldest are
/// dropped and counted: what happened last is what is looked for. Thread-safe.
/// </summary>
/// <param name="onFirst">Called when there is one after there was none, by whoever logs: it must not take long.</param>
internal sealed class LogQueue(Action onFirst) : ILogListener
{
    public const int Most = 1024, MostOctets = 512 * 1024;

    /// <summary>Of one request.</summary>
    private const int MostTogether = 256, MostOctetsTogether = 128 * 1024;

    /// <summary>The exporter's own lines would be exported, fail, and be said again.</summary>
    private static readonly string Own = typeof(LogQueue).Namespace!;

    private readonly Lock _gate = new();
    private readonly Queue<LogRecord> _records = new();
    private List<LogRecord> _batch = [];
    private int _octets;
    private long _dropped;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _records.Count == 0 && _batch.Count == 0;
            }
        }
    }

    /// <summary>There are some beside the batch.</summary>
    public bool HasMore
    {
        get
        {
            lock (_gate)
            {
                return _records.Count > 0;
            }
        }
    }

    public void Add(DateTimeOffset time, in LogEntry entry)
    {
        if (entry.Category.StartsWith(Own, StringComparison.Ordinal))
        {
            return;
        }

        var record = LogRecord.Of(time, in entry);
        bool isFirst;
        lock (_gate)
        {
            isFirst = _records.Count == 0;
            _records.Enqueue(record);
            _octets += record.Json.Length;
            while (_records.Count > Most || _octets > MostOctets)
            {
                Dequeue();
                _dropped++;
            }
        }

        if (isFirst)
        {
            onFirst();
        }
    }

    /// <summary>The oldest records, some of them: the same ones until <see cref="End"/>; none when there are none.</summary>
    public IReadOnlyList<LogRecord> Batch()
    {
        lock (_gate)
        {
            if (_batch.Count == 0)
            {
                for (var octets = 0; _batch.Count < MostTogether && _records.TryPeek(out var next) && (octets == 0 || octets + next.Json.Length <= MostOctetsTogether);)
                {
                    octets += next.Json.Length;
                    _batch.Add(Dequeue());
                }
            }

            return _batch;
        }
    }

    /// <summary>The batch is done with.</summary>
    public void End(bool isDelivered)
    {
        lock (_gate)
        {
            _dropped += isDelivered ? 0 : _batch.Count;
            _batch = [];
        }
    }

    /// <summary>How many were dropped since this was asked last.</summary>
    public long TakeDropped()
    {
        lock (_gate)
        {
            var dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }

    private LogRecord Dequeue()
    {
        var record = _records.Dequeue();
        _octets -= record.Json.Length;
        return record;
    }
}
