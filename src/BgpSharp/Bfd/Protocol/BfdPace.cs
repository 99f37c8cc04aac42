namespace BgpSharp.Bfd;

/// <summary>
/// How late the sending thread has been of late, and the interval that it can keep for all that. One delay may be the machine's
/// and never come again; what counts is the length that was reached twice within a minute or two. A value: observing makes another.
/// </summary>
internal readonly record struct BfdPace
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private TimeSpan Began { get; init; }

    private Worst Now { get; init; }

    private Worst Before { get; init; }

    /// <summary>The second longest delay of this minute and the one before.</summary>
    public TimeSpan Repeated => Now.With(Before.First).With(Before.Second).Second;

    public BfdPace Observe(TimeSpan delay, TimeSpan now)
    {
        var pace = now - Began < Period ? this : new BfdPace { Began = now, Before = now - Began < Period + Period ? Now : default };
        return pace with { Now = pace.Now.With(delay) };
    }

    /// <summary>
    /// The shortest interval that such a delay may happen to without the peer missing us, and only half of what that takes: a delay
    /// is as much of a silence as the interval it makes longer (§6.8.4, §6.8.7). Zero: any.
    /// </summary>
    public static TimeSpan LeastInterval(TimeSpan delay, byte multiplier)
    {
        var room = multiplier == 1 ? 0.1 : multiplier - 1;
        var steps = Math.Ceiling(delay * 2 / room / Step);
        return steps * Step < LongestInterval ? steps * Step : LongestInterval;
    }

    private readonly record struct Worst(TimeSpan First, TimeSpan Second)
    {
        public Worst With(TimeSpan delay) => delay > First ? new(delay, First) : delay > Second ? this with { Second = delay } : this;
    }
}
