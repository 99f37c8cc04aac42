namespace BgpSharp.Bfd;

/// <summary>How late the loop is, and what of it the peers notice. The loop's own, but for the longest.</summary>
/// <param name="collecting">How long garbage was collected so far.</param>
/// <param name="waiting">How long the loop's thread has waited for a processor so far; null: nobody counts it, and then a collection is no excuse.</param>
internal sealed class BfdLateness(Func<TimeSpan> collecting, Func<TimeSpan?> waiting)
{
    private BfdPace _alone;
    private BfdPace _ahead;
    private TimeSpan _collected = collecting();
    private TimeSpan? _waited = waiting();
    private long _longest;

    public TimeSpan Longest => new(Volatile.Read(ref _longest));

    /// <summary>The shortest interval that can be kept (<see cref="BfdPace"/>), with and without the kernel's help.</summary>
    public TimeSpan LeastInterval(bool ahead, byte multiplier) => BfdPace.LeastInterval((ahead ? _ahead : _alone).Repeated, multiplier);

    /// <summary>After each turn.</summary>
    /// <param name="now">When it ended, after the wait.</param>
    /// <param name="delay">How much later than it meant to, or how long it was at work.</param>
    /// <param name="isAlone">Whether a session is Up without the kernel's help: before that nobody counts on us, and code runs for the first time.</param>
    /// <param name="isAhead">Whether one is with it.</param>
    /// <param name="uncoveredAt">When the first packet was due that the kernel did not have; null: it had none.</param>
    public void Observe(TimeSpan now, TimeSpan delay, bool isAlone, bool isAhead, TimeSpan? uncoveredAt)
    {
        var (collected, waited) = (collecting() - _collected, waiting() - _waited);
        (_collected, _waited) = (_collected + collected, _waited + waited);
        if (delay.Ticks > _longest)
        {
            Volatile.Write(ref _longest, delay.Ticks);
        }

        if (isAlone)
        {
            _alone = _alone.Observe(delay, now);
        }

        if (isAhead)
        {
            // While garbage is collected the kernel goes on sending; while there is no processor for the thread it does not, nor when it is stopped.
            var starved = waited is { } time && time < delay ? time : delay;
            _ahead = _ahead.Observe(Longer(collected > TimeSpan.Zero ? Longer(delay - collected, starved) : delay, now - uncoveredAt ?? TimeSpan.Zero), now);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
