namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// The rise and fall of a health check as a pure state machine. The first check decides alone, so that a cold start
/// does not wait; after that <c>fall</c> failures in a row make it unhealthy and <c>rise</c> successes in a row healthy again.
/// </summary>
/// <param name="Verdict">What holds now.</param>
/// <param name="Contrary">The checks in a row, up to the last, that spoke against the verdict.</param>
internal readonly record struct HealthState(HealthVerdict Verdict, int Contrary)
{
    /// <summary>The state after one more check.</summary>
    public HealthState Observe(bool success, int fall, int rise)
    {
        var observed = success ? HealthVerdict.Healthy : HealthVerdict.Unhealthy;
        if (Verdict == observed)
        {
            return new HealthState(Verdict, 0);
        }

        var needed = Verdict switch
        {
            HealthVerdict.Healthy => fall,
            HealthVerdict.Unhealthy => rise,
            _ => 1,
        };
        return Contrary + 1 >= needed ? new HealthState(observed, 0) : this with { Contrary = Contrary + 1 };
    }
}
