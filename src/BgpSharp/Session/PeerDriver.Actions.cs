using System.Net;
using System.Net.Sockets;
using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>What the state machine's actions do to the world.</summary>
internal sealed partial class PeerDriver
{
    /// <summary>Whether a line about what the peer does is due; says first how many were left out before.</summary>
    private bool MayLog()
    {
        var isDue = _lines.IsDue(out _, out var leftOut);
        if (leftOut > 0)
        {
            LogLeftOut(Options.Address, leftOut);
        }

        return isDue;
    }

    public void NotificationReceived(PeerConnection connection, BgpNotification notification)
    {
        _lastReceived = notification;
        if (connection == Established && MayLog())
        {
            LogNotificationReceived(Options.Address, notification);
        }
    }

    public void UpdateRepaired(UpdateVerdict verdict, in UpdateProblem problem)
    {
        if (_repairs.IsDue(out var count))
        {
            LogUpdateRepaired(Options.Address, verdict, problem.ToString(), count);
        }
    }

    public void FamilyDisabled(BgpFamily family)
    {
        if (MayLog())
        {
            LogFamilyDisabled(Options.Address, family);
        }
    }

    public void OtherFamilyIgnored(BgpFamily family)
    {
        if (MayLog())
        {
            LogOtherFamilyIgnored(Options.Address, family);
        }
    }

    /// <summary>Tells the operator that a limit is near, once a session.</summary>
    public void PrefixesCounted(PrefixCount count)
    {
        if (!count.Told.Near && count.IsNear)
        {
            count.Told = count.Told with { Near = true };
            if (MayLog())
            {
                LogPrefixLimitNear(Options.Address, count.Count, count.Limit.Family, count.Limit.Maximum);
            }
        }
    }

    /// <summary>Tells the operator that a limit is exceeded, once a session.</summary>
    public void PrefixLimitExceeded(PrefixCount count)
    {
        if (!count.Told.Exceeded)
        {
            count.Told = count.Told with { Exceeded = true };
            var consequence = count.Limit.Action switch
            {
                BgpPrefixLimitAction.Close => "closing the session",
                BgpPrefixLimitAction.Discard => "those beyond it are discarded",
                _ => "as a warning only",
            };
            if (MayLog())
            {
                LogPrefixLimitExceeded(Options.Address, count.Limit.Family, count.Limit.Maximum, consequence);
            }
        }
    }

    private void Execute(in FsmAction action)
    {
        if (action.Kind == FsmActionKind.Connect)
        {
            Dial(action.Connection);
            return;
        }

        if (action.Kind == FsmActionKind.AttemptFailed)
        {
            AttemptFailed(action.Reason!);
            return;
        }

        PeerConnection? connection;
        lock (_gate)
        {
            if (!_connections.TryGetValue(action.Connection, out connection))
            {
                return;
            }
        }

        switch (action.Kind)
        {
            case FsmActionKind.SendOpen:
                connection.SendOpen(LocalOpen.Create(_config, _hasRestarted));
                break;
            case FsmActionKind.SendKeepalive:
                connection.SendKeepalive();
                break;
            case FsmActionKind.AwaitBfd:
                AwaitBfd(connection);
                break;
            case FsmActionKind.SendNotification:
                connection.SendNotification(action.Notification!);
                _lastSent = action.Notification;
                if (connection == Established && MayLog())
                {
                    // Of an attempt AttemptFailed tells, once for each cause.
                    LogNotificationSent(Options.Address, action.Notification!);
                }

                break;
            case FsmActionKind.Close:
                connection.Close();
                break;
            case FsmActionKind.Drop:
                connection.Close();
                connection.Abort();
                break;
            case FsmActionKind.SessionUp:
                SessionUp(connection, action.Negotiated!);
                break;
            case FsmActionKind.SessionDown:
                SessionDown(connection, action.Reason!);
                break;
        }
    }

    private void Dial(int id)
    {
        var connection = new PeerConnection(this, id);
        lock (_gate)
        {
            _connections.Add(id, connection);
        }

        connection.Dial(new BgpConnectOptions
        {
            RemoteEndPoint = new IPEndPoint(Options.Address, Options.Port),
            LocalAddress = Options.LocalAddress,
            SourceInterface = Options.SourceInterface,
            TimeToLive = _services.TimeToLiveFor(Options),
            MinimumTimeToLive = SpeakerServices.MinimumTimeToLiveFor(Options),
            Password = Options.Password,
        });
    }

    private void SessionUp(PeerConnection connection, NegotiatedSession negotiated)
    {
        var session = new BgpSession(
            _services.NextSessionId(),
            connection.Transport,
            _config.LocalIdentifier,
            _config.LocalAsn == negotiated.RemoteAsn,
            negotiated,
            Time.GetUtcNow());
        SetUserTimeout(connection, negotiated.HoldTime);
        var handler = new HandlerCaller(Options.Handler, Options.OnHandlerFault, _handlerTurn, (exception, reset) => HandlerFaulted(connection.Id, exception, reset), _kept, ReportExpiredAsync);
        connection.Establish(session, negotiated, handler);
        Volatile.Write(ref _established, connection);
        _hasRestarted = false;
        WaitForEndOfRib();
        _lastFailure = null;
        _md5Before = _services.CountTcpMd5();
        Counters.CountEstablished();
        BeginBfd(negotiated.BfdStrict);
        Status.SessionUp(session);
        if (MayLog())
        {
            LogEstablished(Options.Address, session);
        }
    }

    /// <summary>
    /// The kernel gives a peer with a closed window up too. It does so after our own timers, which know the reason and do not
    /// mistake a slow peer for a dead one.
    /// </summary>
    private void SetUserTimeout(PeerConnection connection, TimeSpan holdTime)
    {
        try
        {
            connection.Transport.SetUserTimeout(holdTime + (SendHoldTimer.Interval(_config, holdTime) ?? TimeSpan.Zero));
        }
        catch (ObjectDisposedException)
        {
            // The connection is gone already.
        }
    }

    private void SessionDown(PeerConnection connection, BgpDownReason ending)
    {
        var reason = WithPasswordHint(ending);
        Volatile.Write(ref _established, null);
        Counters.CountLost();
        KeepRoutes(Status.Current.Session, reason);
        HoldBfd(reason);
        Status.SessionDown(reason);
        connection.EndSession(reason);
        if (MayLog())
        {
            LogDown(Options.Address, reason);
        }

        _services.Metrics.CountDown(Options, reason);
    }

    private void AttemptFailed(BgpDownReason ending)
    {
        var reason = WithPasswordHint(ending);
        var text = reason.ToString();
        if (reason.Kind == BgpDownKind.Collision)
        {
            if (MayLog())
            {
                LogCollision(Options.Address, text);
            }
        }
        else if (text != _lastFailure)
        {
            // One line for each change of cause, not for each try.
            _lastFailure = text;
            if (MayLog())
            {
                LogAttemptFailed(Options.Address, Options.Port, text);
            }
        }

        Status.AttemptFailed(reason);
    }

    /// <summary>Segments with another signature than expected are dropped without a word: all that shows is silence.</summary>
    private BgpDownReason WithPasswordHint(BgpDownReason reason)
    {
        var timedOut = reason.Exception?.GetBaseException() is SocketException { SocketErrorCode: SocketError.TimedOut };
        var isSilence = timedOut || reason is { Kind: BgpDownKind.HoldTimerExpired } or { Kind: BgpDownKind.ConnectFailed, Exception: null };
        return isSilence && Options.Password is not null
            ? new BgpDownReason(
                reason.Kind,
                reason.Notification,
                reason.Exception,
                string.Join("; ", new[] { reason.Detail, "a TCP-MD5 password is set, and one that differs from the peer's looks like this" }.Where(part => part is not null)))
            { FamiliesKept = reason.FamiliesKept }
            : reason;
    }

    private void HandlerFaulted(int connection, Exception exception, bool reset)
    {
        LogHandlerFaulted(exception, Options.Address, reset ? "the session is reset" : "the session goes its way without it");
        if (reset)
        {
            Post(Event(FsmEventKind.AutomaticStop, connection) with
            {
                Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.OutOfResources),
                Reason = new BgpDownReason(BgpDownKind.HandlerFaulted, exception: exception),
            });
        }
    }

    /// <summary>A rule that throws keeps its route from the peer, like one that refuses; one line a session says so.</summary>
    private Func<BgpExportContext, BgpRouteAttributes?> Guarded(Func<BgpExportContext, BgpRouteAttributes?> export)
    {
        var logged = false;
        return context =>
        {
            try
            {
                return export(context);
            }
            catch (Exception exception)
            {
                if (!logged)
                {
                    logged = true;
                    LogExportFaulted(exception, Options.Address, context.Prefix);
                }

                return null;
            }
        };
    }

    private void Publish()
    {
        if (_fsm.State == _published)
        {
            return;
        }

        Recorder?.StateChanged(Time.GetUtcNow(), LocalAddress(), _published, _fsm.State);
        _published = _fsm.State;
        Volatile.Write(ref _stateSince, Now.Ticks);
        Status.SetState(_published);
        _services.Metrics.CountTransition(Options, _published);
    }
}
