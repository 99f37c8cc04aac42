using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser;

/// <summary>Proof that the loop does its work: an event that does nothing, seen to be handled.</summary>
internal sealed partial class Advertiser
{
    private static readonly TimeSpan PulseLimit = TimeSpan.FromSeconds(1);

    /// <summary>What an event may take in addition to closing sessions, which has a limit of its own.</summary>
    private static readonly TimeSpan HandlingLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _pulseGate = new();
    private Task _pulse = Task.CompletedTask;
    private long _handlingSince;

    public event Action? Reloading;

    public event Action<AdvertiserOptions>? Reconfigured;

    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        if (_ending.IsCancellationRequested)
        {
            return true; // The stop has limits of its own.
        }

        var pulse = Pulse();
        await pulse.WaitAsync(PulseLimit, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return pulse.IsCompleted
            || (Interlocked.Read(ref _handlingSince) is var since and not 0 && _time.GetElapsedTime(since) < _state.Options.Stop.Timeout + HandlingLimit);
    }

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

    private async Task HandleAsync(Func<Task> handle)
    {
        Interlocked.Exchange(ref _handlingSince, _time.GetTimestamp());
        await handle();
        Interlocked.Exchange(ref _handlingSince, 0);
    }
}
