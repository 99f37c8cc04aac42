namespace BgpSharp.Sessions;

/// <summary>The peer restarts, and its routes are kept for a while (RFC 4724 §4.2).</summary>
internal sealed partial class PeerDriver
{
    private readonly KeptRoutes _kept = new();
    private TimeSpan? _staleDeadline;
    private Task _reporting = Task.CompletedTask;

    /// <summary>Whether the handler is to be told, by the read loop that has its turn, that kept routes are gone.</summary>
    public bool StaleRoutesExpired => _kept.IsExpired;

    /// <summary>
    /// Tells the handler that kept routes are gone when no session has its turn; else the session's read loop is woken to do so.
    /// A session that gives the turn back asks again.
    /// </summary>
    public async Task ReportExpiredAsync()
    {
        while (_kept.IsExpired)
        {
            if (!_handlerTurn.Wait(0))
            {
                Established?.Wake();
                return;
            }

            try
            {
                if (_kept.TakeExpired() is { Count: > 0 } gone && Options.Handler is { } handler)
                {
                    await handler.OnStaleRoutesGoneAsync(gone, _hurry.Token).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                LogHandlerFaulted(exception, Options.Address, "there is no session to reset");
            }
            finally
            {
                _handlerTurn.Release();
            }
        }
    }

    /// <summary>The session is over; what is kept waits for the next one for as long as the peer asked for.</summary>
    private void KeepRoutes(BgpSession? session, BgpDownReason reason)
    {
        if (reason.FamiliesKept.Count == 0 || session?.RemoteRestart is not { } restart || Options.Handler is null)
        {
            // What an earlier session left goes too, whether the handler heard of this one or not.
            _staleDeadline = _staleDeadline is null ? null : Now;
            return;
        }

        _staleDeadline = Now + TimeSpan.FromSeconds(restart.RestartTime);
        LogRoutesKept(Options.Address, restart.RestartTime);
    }

    /// <summary>The peer is back; what is stale waits for its End-of-RIB, but not for ever.</summary>
    private void WaitForEndOfRib()
    {
        if (_staleDeadline is not null)
        {
            _staleDeadline = Now + (Options.GracefulRestart?.StaleRouteTime ?? TimeSpan.Zero);
        }
    }

    private void ExpireStaleRoutes(TimeSpan now)
    {
        if (_staleDeadline <= now)
        {
            _staleDeadline = null;
            _kept.Expire();

            // The handler may take its time, and this is the loop that judges the timers.
            _reporting = Task.Run(ReportExpiredAsync);
        }
    }

    /// <summary>Nothing is kept any more: the peer is stopped, or its handler is another one from now on.</summary>
    private async Task DropKeptRoutesAsync()
    {
        _kept.Expire();
        await Task.WhenAll(_reporting, ReportExpiredAsync()).WaitAsync(_hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
