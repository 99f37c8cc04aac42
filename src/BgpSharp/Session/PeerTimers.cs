namespace BgpSharp.Sessions;

/// <summary>
/// One timer of the system for all peers of a speaker: those due at the same moment act one after another on one thread, so
/// that a thousand sessions at rest wake the machine no more often than one.
/// </summary>
internal sealed class PeerTimers(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<PeerTimer, TimeSpan> _queue = new();
    private readonly long _origin = time.GetTimestamp();
    private ITimer? _timer;
    private TimeSpan? _armedFor;

    /// <summary>Monotonic time since the timers were made.</summary>
    public TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Replaces what was set before; a moment that has passed is due at once.</summary>
    public void Set(PeerTimer timer, TimeSpan due)
    {
        lock (_lock)
        {
            timer.Due = due;
            _queue.Enqueue(timer, due);
            Arm();
        }
    }

    public void Cancel(PeerTimer timer)
    {
        lock (_lock)
        {
            timer.Due = null;
            while (_queue.Remove(timer, out _, out _))
            {
                // One that was set more than once is in there as often.
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _queue.Clear();
        }
    }

    private void Fire()
    {
        List<PeerTimer> due = [];
        lock (_lock)
        {
            _armedFor = null;
            var now = Now;
            while (_queue.TryPeek(out var timer, out var at) && (at <= now || timer.Due != at))
            {
                _queue.Dequeue();
                if (timer.Due == at)
                {
                    timer.Due = null;
                    due.Add(timer);
                }
            }

            // Before anybody acts: one that takes its time keeps those beside it waiting, and nobody after them.
            Arm();
        }

        due.ForEach(timer => timer.Expired());
    }

    private void Arm()
    {
        if (!_queue.TryPeek(out _, out var due) || _armedFor <= due)
        {
            return;
        }

        _armedFor = due;
        _timer ??= time.CreateTimer(static timers => ((PeerTimers)timers!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // The system counts whole milliseconds and forgets the rest: a timer that came early would come again and again.
        var wait = Math.Ceiling((due - Now).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(wait, 0)), Timeout.InfiniteTimeSpan);
    }
}
