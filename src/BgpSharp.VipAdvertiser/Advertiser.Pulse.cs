using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser;

/// <summary>Proof that the loop does its work: an event that does nothing, seen to be handled.</summary>
internal sealed partial class Advertiser
{
    private static readonly TimeSpan PulseLimit = TimeSpan.FromSeconds(1);

    /// <summary>What an event may take, and a change of sessions in addition to their own limit.</summary>
    private static readonly TimeSpan HandlingLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _pulseGate = new();
    private Task _pulse = Task.CompletedTask;
    private long _handlingSince;
    private long _changingSince;

    public event Action? Reloading;

    public event Action? Reloaded;

    public event Action<AdvertiserOptions>? Reconfigured;

    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        if (_leaving.IsCancellationRequested)
        {
            return true; // The stop has limits of its own.
        }

        var pulse = Pulse();
        await pulse.WaitAsync(PulseLimit, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var isHandling = Interlocked.Read(ref _handlingSince) != 0;
        return (pulse.IsCompleted || (isHandling && !IsOverdue(ref _handlingSince, HandlingLimit)))
            && !IsOverdue(ref _changingSince, _state.Options.Stop.Timeout + HandlingLimit);
    }

    private bool IsOverdue(ref long begun, TimeSpan limit) => Interlocked.Read(ref begun) is var since and not 0 && _time.GetElapsedTime(since) >= limit;

    /// <summary>One event at a time, however many ask: a loop that hangs must not gather them.</summary>
    private Task Pulse()
    {
        lock (_pulseGate)
        {
            if (_pulse.IsCompleted)
            {
                var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Post(seen.SetResult);
                _pulse = seen.Task;
            }

            return _pulse;
        }
    }

    /// <summary>The sessions are changed by one at a time.</summary>
    private async Task WatchedAsync(Func<Task> change)
    {
        Interlocked.Exchange(ref _changingSince, _time.GetTimestamp());
        try
        {
            await change();
        }
        finally
        {
            Interlocked.Exchange(ref _changingSince, 0);
        }
    }

    private void Handle(Action handle)
    {
        Interlocked.Exchange(ref _handlingSince, _time.GetTimestamp());
        handle();
        Interlocked.Exchange(ref _handlingSince, 0);
    }
}
