using System.Runtime.CompilerServices;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// Runs the probe at its interval, and at once when the listening socket is gone, one check at a time; a late check moves
/// the next one, they never pile up.
/// </summary>
internal sealed partial class HealthGate(
    IHealthProbe probe,
    GateOptions options,
    IListenerWatch watch,
    SiblingEvidence siblings,
    Func<double> chance,
    TimeProvider time,
    ILogger<HealthGate> logger) : IHealthGate
{
    private readonly ProbeSchedule _schedule = new(options.Interval, options.Jitter, chance);
    private bool _hasEnded;

    private TimeSpan Now => time.GetElapsedTime(0);

    public async IAsyncEnumerable<HealthObservation> WatchAsync(HealthState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var alarm = new Alarm(time);
        var watching = WatchListenerAsync(alarm, ending.Token);
        try
        {
            var due = Now;
            var confirming = false;
            while (true)
            {
                if (!confirming)
                {
                    due = Now + _schedule.Next();
                }

                var observation = await CheckAsync(state, confirming, cancellationToken);
                state = observation.State;
                yield return observation;
                confirming = await WaitAsync(due, alarm, cancellationToken);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            probe.Dispose();
            siblings.Dispose();
        }
    }

    private async Task<HealthObservation> CheckAsync(HealthState before, bool confirming, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = await probe.ProbeAsync(fresh: confirming, cancellationToken);
        var duration = time.GetElapsedTime(started);
        var state = confirming
            ? before.Confirm(result.Outcome, options.Fall, options.Rise)
            : before.Observe(result.IsSuccess, options.Fall, options.Rise);
        if (options.FailStatic is { } failStatic && state.IsFallFrom(before))
        {
            var evidence = result.IsSuccess ? null : await siblings.FindAsync(cancellationToken);
            state = state.Hold(before, result.IsSuccess, evidence is not null, Now, failStatic.MaxTime);
            LogHold(before, state, evidence, failStatic.MaxTime.TotalSeconds);
        }
        else if (before.IsHeld && state is { IsHeld: false, Verdict: HealthVerdict.Healthy })
        {
            LogHoldRecovered();
        }

        return new HealthObservation(state, state.Verdict != before.Verdict, result.Failure)
        {
            Confirming = confirming,
            ProbeDuration = duration,
            Target = result.Target,
        };
    }

    private async Task WatchListenerAsync(Alarm alarm, CancellationToken cancellationToken)
    {
        try
        {
            await watch.RunAsync(HasEnded, cancellationToken);
        }
        catch (Exception e)
        {
            alarm.Fail(e);
            throw;
        }

        void HasEnded()
        {
            Volatile.Write(ref _hasEnded, true);
            alarm.Ring();
        }
    }

    /// <summary>Until the next check is due: true when one is due now because the listening socket is gone.</summary>
    private async Task<bool> WaitAsync(TimeSpan due, Alarm alarm, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Interlocked.Exchange(ref _hasEnded, false))
            {
                return true;
            }

            var left = due - Now;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await alarm.WaitAsync(left, cancellationToken);
        }
    }

    private void LogHold(HealthState before, HealthState after, string? evidence, double maxSeconds)
    {
        switch (before.IsHeld, after.IsHeld)
        {
            case (false, true):
                LogHoldBegun(maxSeconds, evidence!);
                break;
            case (true, false) when evidence is not null:
                LogHoldTooLong(maxSeconds);
                break;
            case (true, false):
                LogHoldOtherPath();
                break;
        }
    }
}
