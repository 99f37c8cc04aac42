using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>
/// Calls a peer's handler for one session, from the read loop only: established, updates, down. Knows since when a call is
/// pending, and what to do when one throws.
/// </summary>
/// <remarks>Calls are serial over sessions too: the last session's "down" gives the turn to this one's "established".</remarks>
internal sealed class HandlerCaller(BgpPeerHandler? handler, BgpHandlerFaultAction onFault, SemaphoreSlim turn, Action<Exception, bool> faulted, KeptRoutes kept, Func<Task> turnReleased) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private BgpPeerHandler? _handler = handler;
    private BgpSession? _session;

    // Nobody is told of routes, so none are remembered.
    private readonly KeptRoutes? _kept = handler is null ? null : kept;
    private Task _cancelled = Task.CompletedTask;
    private bool _resetAsked;
    private bool _reportedDown;
    private volatile bool _inDown;
    private long _busySince = -1;

    /// <summary>Whether the session was reported as established.</summary>
    public bool ReportedUp => _session is not null;

    /// <summary>When the pending call began, in ticks; negative: none is pending. The call about the end does not count.</summary>
    public long BusySinceTicks => Volatile.Read(ref _busySince);

    /// <summary>Whether a call is pending.</summary>
    public bool IsInCall => BusySinceTicks >= 0 || _inDown;

    /// <summary>Asks a pending call to return. What hangs on its token runs elsewhere.</summary>
    public void Cancel() => _cancelled = _ended.CancelAsync();

    public async ValueTask EstablishedAsync(BgpSession session, TimeSpan now)
    {
        Volatile.Write(ref _busySince, now.Ticks);
        try
        {
            await turn.WaitAsync(_ended.Token).ConfigureAwait(false);
            _session = session;
            if (_handler is { } current)
            {
                await current.OnEstablishedAsync(session, _ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Fault(exception, mayReset: true);
        }
        finally
        {
            Volatile.Write(ref _busySince, -1);
        }

        if (_session is not null && _kept is { } kept)
        {
            await GoneAsync(kept.Learnt.BeginSession(session.RemoteRestart, session.Families), now, _ended.Token).ConfigureAwait(false);
            await ExpiredAsync(now).ConfigureAwait(false);
        }
    }

    /// <summary>Tells of the stale routes whose time is over.</summary>
    public ValueTask ExpiredAsync(TimeSpan now) => GoneAsync(_kept?.TakeExpired() ?? [], now, _ended.Token);

    /// <summary>Hands the beginning or the end of a refresh on.</summary>
    public ValueTask RefreshAsync(RouteRefreshMessage mark, TimeSpan now) => TellAsync(
        (current, session, token) => mark.Subtype == RouteRefreshSubtype.Begin
            ? current.OnRefreshBeginAsync(session, mark.Family, token)
            : current.OnRefreshEndAsync(session, mark.Family, token),
        now);

    /// <summary>Says that a family is given up.</summary>
    public ValueTask FamilyDisabledAsync(BgpFamily family, TimeSpan now)
    {
        _kept?.Learnt.Forget(family);
        return TellAsync((current, session, token) => current.OnFamilyDisabledAsync(session, family, token), now);
    }

    private async ValueTask TellAsync(Func<BgpPeerHandler, BgpSession, CancellationToken, ValueTask> tell, TimeSpan now)
    {
        if (_handler is not { } current || _session is not { } session || _resetAsked)
        {
            return;
        }

        Volatile.Write(ref _busySince, now.Ticks);
        try
        {
            await tell(current, session, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault(exception, mayReset: true);
        }
        finally
        {
            Volatile.Write(ref _busySince, -1);
        }
    }

    /// <summary>Hands an UPDATE on. Completed at once when the handler is quick, without allocation.</summary>
    public ValueTask UpdateAsync(in UpdateView update, TimeSpan now)
    {
        if (_handler is not { } current || _session is not { } session || _resetAsked)
        {
            return ValueTask.CompletedTask;
        }

        ValueTask call;
        Volatile.Write(ref _busySince, now.Ticks);
        var gone = _kept?.Learnt.Record(in update) ?? [];
        try
        {
            call = current.OnUpdateAsync(session, in update, _ended.Token);
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _busySince, -1);
            Fault(exception, mayReset: true);
            return ValueTask.CompletedTask;
        }

        if (!call.IsCompletedSuccessfully || gone.Count > 0)
        {
            return AwaitAsync(call, gone, now);
        }

        Volatile.Write(ref _busySince, -1);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reports the end, once, when the beginning was reported.</summary>
    public async ValueTask DownAsync(BgpDownReason reason)
    {
        if (_reportedDown || _session is not { } session)
        {
            return;
        }

        _reportedDown = true;
        _inDown = true;
        try
        {
            await _cancelled.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault(exception, mayReset: false);
        }

        await GoneAsync(_kept?.Learnt.EndSession(reason.FamiliesKept) ?? [], default, CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_handler is { } current)
            {
                await current.OnDownAsync(session, reason).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Fault(exception, mayReset: false);
        }

        _inDown = false;
        turn.Release();
        await turnReleased().ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (ReportedUp && !_reportedDown)
        {
            turn.Release();
        }

        _ended.Dispose();
    }

    private async ValueTask AwaitAsync(ValueTask call, IReadOnlyList<IpPrefix> gone, TimeSpan now)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault(exception, mayReset: true);
        }
        finally
        {
            Volatile.Write(ref _busySince, -1);
        }

        await GoneAsync(gone, now, _ended.Token).ConfigureAwait(false);
    }

    private async ValueTask GoneAsync(IReadOnlyList<IpPrefix> gone, TimeSpan now, CancellationToken cancellationToken)
    {
        if (gone.Count == 0 || _handler is not { } current)
        {
            return;
        }

        Volatile.Write(ref _busySince, now.Ticks);
        try
        {
            await current.OnStaleRoutesGoneAsync(gone, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault(exception, mayReset: true);
        }
        finally
        {
            Volatile.Write(ref _busySince, -1);
        }
    }

    private void Fault(Exception exception, bool mayReset)
    {
        if (exception is OperationCanceledException && _ended.IsCancellationRequested)
        {
            return;
        }

        if (onFault == BgpHandlerFaultAction.Detach)
        {
            _handler = null;
        }

        _resetAsked = mayReset && _handler is not null;
        faulted(exception, _resetAsked);
    }
}
