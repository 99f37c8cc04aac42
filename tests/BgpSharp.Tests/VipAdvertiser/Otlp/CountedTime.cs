using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>A clock that knows whether an export waits: a request that is under way has a timer, and whoever waits anew sets one.</summary>
internal sealed class CountedTime : FakeTimeProvider
{
    /// <summary>Of an export: for its next turn, and for logs.</summary>
    private const int TimersAtRest = 2;

    private readonly Lock _gate = new();
    private int _timers;
    private bool _isSet;
    private int _unset;

    public CountedTime(DateTimeOffset start)
        : base(start)
    {
    }

    public bool IsAtRest
    {
        get
        {
            lock (_gate)
            {
                return _timers <= TimersAtRest && _isSet;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isAlarm;
        lock (_gate)
        {
            _timers++;
            isAlarm = dueTime == Timeout.InfiniteTimeSpan && _unset++ % 2 == 0; // The other is for logs, which whoever logs sets.
        }

        return new Counted(this, isAlarm, base.CreateTimer(callback, state, dueTime, period));
    }

    private void OnAlarmSet()
    {
        lock (_gate)
        {
            _isSet = true;
        }
    }

    private void OnDisposed()
    {
        lock (_gate)
        {
            _timers--;
            _isSet = false;
        }
    }

    private sealed class Counted(CountedTime time, bool isAlarm, ITimer timer) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = timer.Change(dueTime, period);
            if (isAlarm)
            {
                time.OnAlarmSet();
            }

            return isChanged;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                timer.Dispose();
                time.OnDisposed();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
