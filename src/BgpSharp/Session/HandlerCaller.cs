namespace BgpSharp.Sessions;

/// <summary>
/// Calls a peer's handler for one session, from the read loop only: established, updates, down. Knows since when a call is
/// pending, and what to do when one throws.
/// </summary>
internal sealed class HandlerCaller(BgpPeerHandler? handler, BgpHandlerFaultAction onFault, Action<Exception, bool> faulted) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BgpPeerHandler? _handler = handler;
    private BgpSession? _session;
    private bool _reportedDown;
    private long _busySince = -1;

    /// <summary>Completes after the last call, so that a next session may be reported.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Whether the session was reported as established.</summary>
    public bool ReportedUp => _session is not null;

    /// <summary>When the pending call began, in ticks; negative: none is pending.</summary>
    public long BusySinceTicks => Volatile.Read(ref _busySince);

    /// <summary>Asks a pending call to return.</summary>
    public void Cancel() => _ended.Cancel();

    public async ValueTask EstablishedAsync(BgpSession session, Task previousFinished, TimeSpan now)
    {
        // Calls are serial over sessions too: the last session's "down" comes before this one's "established".
        Volatile.Write(ref _busySince, now.Ticks);
        await previousFinished.ConfigureAwait(false);
        _session = session;
        try
        {
            if (_handler is { } current)
            {
                await current.OnEstablishedAsync(session, _ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
        finally
        {
            Volatile.Write(ref _busySince, -1);
        }
    }

    /// <summary>Hands an UPDATE on. Completed at once when the handler is quick, without allocation.</summary>
    public ValueTask UpdateAsync(in UpdateView update, TimeSpan now)
    {
        if (_handler is not { } current || _session is not { } session)
        {
            return ValueTask.CompletedTask;
        }

        ValueTask call;
        Volatile.Write(ref _busySince, now.Ticks);
        try
        {
            call = current.OnUpdateAsync(session, in update, _ended.Token);
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _busySince, -1);
            Fault(exception);
            return ValueTask.CompletedTask;
        }

        if (!call.IsCompletedSuccessfully)
        {
            return AwaitAsync(call);
        }

        Volatile.Write(ref _busySince, -1);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reports the end, once, when the beginning was reported.</summary>
    public async ValueTask DownAsync(BgpDownReason reason)
    {
        if (_reportedDown)
        {
            return;
        }

        _reportedDown = true;
        try
        {
            if (_handler is { } current && _session is { } session)
            {
                await current.OnDownAsync(session, reason).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
        finally
        {
            _finished.TrySetResult();
        }
    }

    public void Dispose()
    {
        _finished.TrySetResult();
        _ended.Dispose();
    }

    private async ValueTask AwaitAsync(ValueTask call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
        finally
        {
            Volatile.Write(ref _busySince, -1);
        }
    }

    private void Fault(Exception exception)
    {
        if (exception is OperationCanceledException && _ended.IsCancellationRequested)
        {
            return;
        }

        var reset = onFault == BgpHandlerFaultAction.ResetSession;
        _handler = reset ? _handler : null;
        faulted(exception, reset);
    }
}
