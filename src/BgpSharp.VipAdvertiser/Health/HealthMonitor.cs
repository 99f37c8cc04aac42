using System.Runtime.CompilerServices;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Runs the probe at its interval and reports each change of the verdict.</summary>
internal sealed class HealthMonitor(IHealthProbe probe, GateOptions options, TimeProvider timeProvider) : IHealthGate
{
    /// <summary>Every observation, the first at once; a late probe moves the next one, it never piles up.</summary>
    public async IAsyncEnumerable<HealthObservation> WatchAsync(HealthState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Interval, timeProvider);
        do
        {
            var failure = await probe.ProbeAsync(cancellationToken);
            var before = state;
            state = state.Observe(failure is null, options.Fall, options.Rise);
            yield return new HealthObservation(state, state.Verdict != before.Verdict, failure);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
