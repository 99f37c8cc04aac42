namespace BgpSharp.Sessions;

/// <summary>Keeps what a peer can cause at will from filling the log: one line an interval, which tells how often it was.</summary>
internal sealed class LogLimit(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _count;
    private long? _lastLine;

    /// <summary>Counts one more; true: a line is due.</summary>
    /// <param name="count">How often it has happened so far.</param>
    public bool IsDue(out long count)
    {
        lock (_lock)
        {
            count = ++_count;
            if (_lastLine is { } last && time.GetElapsedTime(last) < Interval)
            {
                return false;
            }

            _lastLine = time.GetTimestamp();
            return true;
        }
    }
}
