namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>
/// Since when each counter counts, which OTLP wants to know: one that is new, or has begun again, does so since the collection
/// before, the others as before.
/// </summary>
internal sealed class CounterStarts(DateTimeOffset started)
{
    /// <summary>More were never counted by one host; if they are, all begin again.</summary>
    private const int Most = 10_000;

    private readonly Dictionary<string, Counter> _series = [];
    private DateTimeOffset _before = started;

    /// <summary>For a counter of the collection that goes on, at its time.</summary>
    public DateTimeOffset Of(string series, double value, DateTimeOffset time)
    {
        if (!_series.TryGetValue(series, out var counter) || value < counter.Value)
        {
            _series[series] = counter = new Counter { Start = _before };
        }

        if (counter.Start > time)
        {
            counter.Start = time; // The clock was set back: a point that ends before it begins is no point.
        }

        counter.Value = value;
        return counter.Start;
    }

    /// <summary>A collection has ended.</summary>
    public void Collected(DateTimeOffset time)
    {
        _before = time;
        if (_series.Count > Most)
        {
            _series.Clear();
        }
    }

    private sealed class Counter
    {
        public DateTimeOffset Start { get; set; }

        public double Value { get; set; }
    }
}
