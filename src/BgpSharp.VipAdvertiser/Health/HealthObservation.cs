namespace BgpSharp.VipAdvertiser.Health;

/// <summary>The outcome of one check.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Changed">Whether this check changed the verdict.</param>
/// <param name="Failure">What went wrong; null when the check succeeded.</param>
/// <param name="FailStatic">The verdict stays healthy although checks fail, because every other path fails as well.</param>
internal readonly record struct HealthObservation(HealthState State, bool Changed, string? Failure, bool FailStatic = false);
