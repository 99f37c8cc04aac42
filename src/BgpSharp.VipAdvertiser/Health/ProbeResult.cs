namespace BgpSharp.VipAdvertiser.Health;

/// <summary>What one check found.</summary>
/// <param name="Outcome">Success or the kind of failure.</param>
/// <param name="Failure">What went wrong in an operator's words; null for success.</param>
/// <param name="Target">What was asked.</param>
internal readonly record struct ProbeResult(ProbeOutcome Outcome, string? Failure, string Target)
{
    public bool IsSuccess => Outcome == ProbeOutcome.Success;
}
