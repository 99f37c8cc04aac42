namespace BgpSharp.Sessions;

/// <summary>
/// Keeps what a peer can cause at will from filling the log: so many lines an interval, the next of which tells how often it
/// was, or how many were left out.
/// </summary>
internal sealed class LogLimit(TimeProvider time, int lines = 1)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _count;
    private long _leftOut;
    private int _lines;
    private long? _begun;

    /// <summary>Counts one more; true: a line is due.</summary>
    /// <param name="count">How often it has happened so far.</param>
    public bool IsDue(out long count) => IsDue(out count, out _);

    /// <summary>Counts one more; true: a line is due.</summary>
    /// <param name="count">How often it has happened so far.</param>
    /// <param name="leftOut">How many lines were left out since the last one that was due.</param>
    public bool IsDue(out long count, out long leftOut)
    {
        lock (_lock)
        {
            (count, leftOut) = (++_count, 0);
            if (_begun is not { } begun || time.GetElapsedTime(begun) >= Interval)
            {
                (_begun, _lines) = (time.GetTimestamp(), 0);
            }

            if (_lines == lines)
            {
                _leftOut++;
                return false;
            }

            _lines++;
            (leftOut, _leftOut) = (_leftOut, 0);
            return true;
        }
    }
}
