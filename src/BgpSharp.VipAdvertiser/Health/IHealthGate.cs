namespace BgpSharp.VipAdvertiser.Health;

/// <summary>What decides whether the VIPs are announced.</summary>
internal interface IHealthGate
{
    /// <summary>Every observation, the first at once. Ends only by cancellation.</summary>
    /// <param name="state">What held before: nothing at a start, what an earlier gate found after a reload.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<HealthObservation> WatchAsync(HealthState state, CancellationToken cancellationToken);
}
