namespace BgpSharp.VipAdvertiser.Health;

/// <summary>The outcome of one check.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Changed">Whether this check changed the verdict.</param>
/// <param name="Failure">What went wrong; null when the check succeeded.</param>
internal readonly record struct HealthObservation(HealthState State, bool Changed, string? Failure);
