namespace BgpSharp.Sessions;

/// <summary>Waiting until what is pending has reached the peer's host.</summary>
internal sealed partial class PeerConnection
{
    private TaskCompletionSource? _progress;
    private long _flushesTaken;
    private long _flushesSent;

    /// <summary>Waits until everything pending was sent and the peer's TCP has acknowledged it, or the connection is over.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await WaitUntilSentAsync(cancellationToken).ConfigureAwait(false);

        // Linux has no event for an acknowledgement; the answer comes within a round trip.
        var pause = TimeSpan.FromMilliseconds(1);
        while (!_broken && !IsAcknowledged())
        {
            await Task.Delay(pause, _driver.Time, cancellationToken).ConfigureAwait(false);
            pause = pause < TimeSpan.FromMilliseconds(20) ? pause * 2 : pause;
        }
    }

    private bool IsAcknowledged()
    {
        try
        {
            return Transport.UnacknowledgedBytes == 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Waits for the route changes made until now, not for those made while waiting.</summary>
    private async Task WaitUntilSentAsync(CancellationToken cancellationToken)
    {
        var version = _driver.Routes.Version;
        long? lastFlush = null;
        while (true)
        {
            Task progress;
            lock (_lock)
            {
                if (_broken || _rib is not { } rib)
                {
                    return;
                }

                if (lastFlush is null && _control.Length == 0 && _driver.Routes.With(rib, rib => rib.HasHandedOut(version)))
                {
                    lastFlush = _flushesTaken;
                }

                if (_flushesSent >= lastFlush)
                {
                    return;
                }

                _progress ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                progress = _progress.Task;
            }

            await progress.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Progressed(int flushes)
    {
        lock (_lock)
        {
            _flushesSent += flushes;
            _sendPending = false;
            _progress?.TrySetResult();
            _progress = null;
        }
    }
}
