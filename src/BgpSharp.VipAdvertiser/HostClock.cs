namespace BgpSharp.VipAdvertiser;

/// <summary>
/// The system's time, with timers of one thread that runs what is due itself. The framework's wake three threads for each,
/// which is most of what the host costs at rest. What is called back must not wait long: other timers wait with it.
/// </summary>
internal sealed class HostClock : TimeProvider, IDisposable
{
    private readonly object _lock = new();
    private readonly PriorityQueue<HostTimer, TimeSpan> _queue = new();
    private readonly long _origin = System.GetTimestamp();
    private TimeSpan _wakesAt = TimeSpan.MaxValue;
    private bool _isDisposed;

    public HostClock() => new Thread(Run) { IsBackground = true, Name = "timers" }.Start();

    private TimeSpan Now => System.GetElapsedTime(_origin);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HostTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>What is not due yet never will be.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <param name="timer">Is set anew.</param>
    /// <param name="dueTime">From now; infinite: never.</param>
    /// <param name="period">Between one time and the next; zero or infinite: once.</param>
    /// <returns>False for one that was disposed.</returns>
    internal bool Set(HostTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period;
            Enqueue(timer, dueTime == Timeout.InfiniteTimeSpan ? null : Now + dueTime);
            return true;
        }
    }

    internal void Remove(HostTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            timer.Due = null;
            _queue.Remove(timer, out _, out _);
        }
    }

    /// <summary>A timer is in the queue once at most: callers make and dispose thousands that never come.</summary>
    private void Enqueue(HostTimer timer, TimeSpan? due)
    {
        if (timer.Due is not null)
        {
            _queue.Remove(timer, out _, out _);
        }

        timer.Due = due;
        if (due is { } at)
        {
            _queue.Enqueue(timer, at);
            if (at < _wakesAt)
            {
                Monitor.Pulse(_lock);
            }
        }
    }

    private void Run()
    {
        while (Next() is { } timer)
        {
            timer.Callback(timer.State);
        }
    }

    /// <summary>Waits for the next timer that is due; null at the end.</summary>
    private HostTimer? Next()
    {
        lock (_lock)
        {
            _wakesAt = TimeSpan.Zero;
            while (!_isDisposed)
            {
                var isAny = _queue.TryPeek(out var timer, out var at);
                var wait = isAny ? Math.Ceiling((at - Now).TotalMilliseconds) : Timeout.Infinite;
                if (isAny && wait <= 0)
                {
                    _queue.Dequeue();
                    timer!.Due = null;
                    if (timer.Period > TimeSpan.Zero)
                    {
                        // The periods that a process which was stopped slept through are not made up for.
                        var (next, now) = (at + timer.Period, Now);
                        Enqueue(timer, next > now ? next : now);
                    }

                    return timer;
                }

                _wakesAt = isAny ? at : TimeSpan.MaxValue;
                Monitor.Wait(_lock, (int)Math.Min(wait, int.MaxValue));
                _wakesAt = TimeSpan.Zero;
            }

            return null;
        }
    }
}
