namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// The rise and fall of a health check as a pure state machine. The first check decides alone, so that a cold start
/// does not wait; after that <c>fall</c> failures in a row make it unhealthy and <c>rise</c> successes in a row healthy again.
/// </summary>
/// <param name="Verdict">What holds now.</param>
/// <param name="Contrary">The checks in a row, up to the last, that spoke against the verdict; while it is held: the successes.</param>
internal readonly record struct HealthState(HealthVerdict Verdict, int Contrary)
{
    /// <summary>
    /// Since when, on a monotonic clock, the verdict is held: healthy although the checks say otherwise, because there is
    /// no other path (<see cref="Configuration.FailStaticOptions"/>). Null: the verdict is what the checks say.
    /// </summary>
    public TimeSpan? HeldSince { get; init; }

    public bool IsHeld => HeldSince is not null;

    /// <summary>What the checks alone say.</summary>
    private HealthState Checked => IsHeld ? new HealthState(HealthVerdict.Unhealthy, Contrary) : this;

    /// <summary>The state after one more check.</summary>
    public HealthState Observe(bool success, int fall, int rise)
    {
        var (verdict, contrary) = Checked;
        var observed = success ? HealthVerdict.Healthy : HealthVerdict.Unhealthy;
        if (verdict == observed)
        {
            return new HealthState(verdict, 0);
        }

        var needed = verdict switch
        {
            HealthVerdict.Healthy => fall,
            HealthVerdict.Unhealthy => rise,
            _ => 1,
        };
        return contrary + 1 >= needed ? new HealthState(observed, 0) : new HealthState(verdict, contrary + 1);
    }

    /// <summary>
    /// The state after the check that confirms the end of the listening socket: refused is the end, without waiting for
    /// more failures; success was a false alarm and changes nothing; anything else is a failure like others.
    /// </summary>
    public HealthState Confirm(ProbeOutcome outcome, int fall, int rise) => outcome switch
    {
        ProbeOutcome.Success when Verdict != HealthVerdict.Unknown => this,
        ProbeOutcome.Refused => new HealthState(HealthVerdict.Unhealthy, 0),
        _ => Observe(outcome == ProbeOutcome.Success, fall, rise),
    };

    /// <summary>Whether the step from a state to this one is one that fail-static can hold back.</summary>
    public bool IsFallFrom(HealthState before) => Verdict == HealthVerdict.Unhealthy && before.Verdict == HealthVerdict.Healthy;

    /// <summary>
    /// This state, or the verdict held in its place when it is a fall: by a success that is not yet enough to rise, or for
    /// as long as there is evidence that no other path exists, at most <paramref name="maxTime"/> after the first time.
    /// </summary>
    /// <param name="before">The state before the check that led to this one.</param>
    /// <param name="success">How that check ended.</param>
    /// <param name="noOtherPath">Whether every sibling fails its own check.</param>
    /// <param name="now">On the clock of <see cref="HeldSince"/>.</param>
    /// <param name="maxTime">The longest that it is held.</param>
    public HealthState Hold(HealthState before, bool success, bool noOtherPath, TimeSpan now, TimeSpan maxTime)
    {
        var since = before.HeldSince ?? now;
        return IsFallFrom(before) && (success || (noOtherPath && now - since < maxTime))
            ? new HealthState(HealthVerdict.Healthy, Contrary) { HeldSince = since }
            : this;
    }
}
