using System.Net;
using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>What the state machine's actions do to the world.</summary>
internal sealed partial class PeerDriver
{
    /// <summary>
    /// Ends the peer's session: withdraws first when asked to and while there is time, then sends the NOTIFICATION and
    /// closes. Time running out makes the rest immediate; the end itself always happens.
    /// </summary>
    public async Task StopAsync(BgpStopMode mode, BgpNotification notification, BgpDownReason reason, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        if (mode == BgpStopMode.Withdraw && Established is { } connection)
        {
            try
            {
                connection.WithdrawRoutes();
                await connection.FlushAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                LogWithdrawNotAcknowledged(Options.Address);
            }
        }

        await PostAsync(Event(FsmEventKind.ManualStop) with { Notification = notification, Reason = reason }).ConfigureAwait(false);
        PeerConnection[] open;
        lock (_gate)
        {
            open = [.. _connections.Values];
        }

        foreach (var left in open)
        {
            // Bounded by the limit that Close set, or by the caller's.
            await left.Completion.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            left.Abort();
            await left.Completion.WaitAsync(CloseLimit, Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void NotificationReceived(BgpNotification notification) => LogNotificationReceived(Options.Address, notification);

    public void UpdateRepaired(UpdateVerdict verdict, in UpdateProblem problem) => LogUpdateRepaired(Options.Address, verdict, problem.ToString());

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
                connection.SendOpen(LocalOpen.Create(_config));
                break;
            case FsmActionKind.SendKeepalive:
                connection.SendKeepalive();
                break;
            case FsmActionKind.SendNotification:
                LogNotificationSent(Options.Address, action.Notification!);
                connection.SendNotification(action.Notification!);
                break;
            case FsmActionKind.Close:
                Close(connection);
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
            TimeToLive = _services.TimeToLiveFor(Options),
            Password = Options.Password,
        });
        Forget(connection);
    }

    /// <summary>Drops a connection from the books once it is gone.</summary>
    private void Forget(PeerConnection connection) => connection.Completion.ContinueWith(
        (_, state) =>
        {
            var gone = (PeerConnection)state!;
            lock (_gate)
            {
                if (_connections.Remove(gone.Id))
                {
                    gone.Dispose();
                }
            }
        },
        connection,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static void Close(PeerConnection connection) => connection.Close(CloseLimit);

    private void SessionUp(PeerConnection connection, NegotiatedSession negotiated)
    {
        var session = new BgpSession(
            _services.NextSessionId(),
            connection.Transport,
            _config.LocalIdentifier,
            _config.LocalAsn == negotiated.RemoteAsn,
            negotiated,
            Time.GetUtcNow());
        connection.Transport.SetUserTimeout(negotiated.HoldTime);
        var handler = new HandlerCaller(Options.Handler, Options.OnHandlerFault, HandlerFaulted);
        connection.Establish(session, negotiated, handler, _handlerFinished);
        _handlerFinished = handler.Finished;
        Volatile.Write(ref _established, connection);
        _lastFailure = null;
        Counters.CountEstablished();
        Status.SessionUp(session);
        LogEstablished(Options.Address, session);
    }

    private void SessionDown(PeerConnection connection, BgpDownReason reason)
    {
        Volatile.Write(ref _established, null);
        Counters.CountLost();
        Status.SessionDown(reason);
        _services.Metrics.CountDown(Options, reason);
        LogDown(Options.Address, reason);
        connection.EndSession(reason);
    }

    private void AttemptFailed(BgpDownReason reason)
    {
        Status.AttemptFailed(reason);
        var text = reason.ToString();
        if (text != _lastFailure)
        {
            // One line for each change of cause, not for each try.
            _lastFailure = text;
            LogAttemptFailed(Options.Address, Options.Port, text);
        }
    }

    private void HandlerFaulted(Exception exception, bool reset)
    {
        LogHandlerFaulted(exception, Options.Address, reset ? "the session is reset" : "the handler is detached");
        if (reset)
        {
            Post(Event(FsmEventKind.AutomaticStop) with
            {
                Notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.OutOfResources),
                Reason = new BgpDownReason(BgpDownKind.HandlerFaulted, exception: exception),
            });
        }
    }

    private void Publish()
    {
        if (_fsm.State == _published)
        {
            return;
        }

        _published = _fsm.State;
        Status.SetState(_published);
        _services.Metrics.CountTransition(Options, _published);
    }
}
