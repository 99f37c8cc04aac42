namespace BgpSharp.Bfd;

/// <summary>How late the loop is, and what of it the peers notice. The loop's own, but for the longest.</summary>
internal sealed class BfdLateness
{
    private BfdPace _pace;
    private TimeSpan _collecting;
    private long _longest;

    public TimeSpan Longest => new(Volatile.Read(ref _longest));

    /// <summary>Whether intervals stay as configured, however late the loop is.</summary>
    public bool HoldsIntervals { get; set; }

    /// <summary>The shortest interval that can be kept (<see cref="BfdPace"/>).</summary>
    public TimeSpan LeastInterval(byte multiplier) => BfdPace.LeastInterval(_pace.Repeated, multiplier);

    /// <summary>After each turn.</summary>
    /// <param name="now">When it ended, after the wait.</param>
    /// <param name="late">How much later than it meant to.</param>
    /// <param name="took">How long it was at work.</param>
    /// <param name="isUp">Whether a session is Up: before that nobody counts on us, and code runs for the first time.</param>
    /// <param name="isAlone">Whether the kernel does not send for one that is.</param>
    /// <param name="nextSend">When the first packet was due that the kernel did not have.</param>
    public void Observe(TimeSpan now, TimeSpan late, TimeSpan took, bool isUp, bool isAlone, TimeSpan? nextSend)
    {
        var collected = GC.GetTotalPauseDuration() - _collecting;
        _collecting += collected;
        var delay = Longer(late, took);
        if (delay.Ticks > _longest)
        {
            Volatile.Write(ref _longest, delay.Ticks);
        }

        if (isUp && !HoldsIntervals)
        {
            // While garbage is collected the kernel goes on sending; when it has no processor for us it does not, nor when we are stopped.
            _pace = _pace.Observe(isAlone ? delay : Longer(delay - collected, now - nextSend ?? TimeSpan.Zero), now);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
