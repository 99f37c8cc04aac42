namespace BgpSharp.VipAdvertiser;

/// <summary>A timer of a <see cref="HostClock"/>, whose lock guards it.</summary>
internal sealed class HostTimer(HostClock clock, TimerCallback callback, object? state) : ITimer
{
    public TimerCallback Callback => callback;

    public object? State => state;

    /// <summary>When it is due; null: it is not in the queue.</summary>
    public TimeSpan? Due { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        return clock.Set(this, dueTime, period);
    }

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
