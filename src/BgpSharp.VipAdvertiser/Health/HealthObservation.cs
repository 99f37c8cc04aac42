namespace BgpSharp.VipAdvertiser.Health;

/// <summary>The outcome of one check.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Changed">Whether this check changed the verdict.</param>
/// <param name="Failure">What went wrong; null when the check succeeded.</param>
internal readonly record struct HealthObservation(HealthState State, bool Changed, string? Failure)
{
    /// <summary>The check was made because the listening socket is gone: refused, it changes the verdict alone.</summary>
    public bool Confirming { get; init; }

    /// <summary>The verdict is healthy only because there is no other path.</summary>
    public bool FailStatic => State.IsHeld;

    /// <summary>How long the check took.</summary>
    public TimeSpan ProbeDuration { get; init; }

    /// <summary>What was asked; null when the gate does not say.</summary>
    public string? Target { get; init; }
}
