namespace BgpSharp.Fsm;

/// <summary>One step under way: the state as it becomes, and the moves that several states share.</summary>
internal ref struct Transition(PeerFsmState state, in FsmEvent input, PeerFsmConfig config, List<FsmAction> actions)
{
    public readonly FsmEvent Input = input;
    public readonly PeerFsmConfig Config = config;
    public PeerFsmState State = state;

    private readonly List<FsmAction> _actions = actions;

    public readonly void Add(FsmActionKind kind, int connection) => _actions.Add(new FsmAction(kind, connection));

    public readonly void Add(FsmAction action) => _actions.Add(action);

    /// <summary>Begins a dial. Its ConnectRetryTimer runs from now on, so that intervals are counted from dial to dial.</summary>
    public void Dial()
    {
        var number = State.LastDialled + 1;
        State = State with
        {
            Dialling = BgpSessionState.Connect,
            DialConnection = number,
            LastDialled = number,
            LastDialAt = Input.Now,
            IdleHoldDeadline = null,
            // A dial that nobody answers is not a matter of configuration, so its patience has the ordinary ceiling.
            ConnectRetryDeadline = Input.Now
                + Backoff.Interval(Config, State.ConnectRetryCounter + 1, misconfigured: false, Input.Jitter),
        };
        Add(FsmActionKind.Connect, number);
    }

    /// <summary>Ends the dialling side without another dial: in <paramref name="dialling"/>, no timer running.</summary>
    public void StopDialling(BgpSessionState dialling)
    {
        if (State.Dialling == BgpSessionState.Connect)
        {
            Add(FsmActionKind.Close, State.DialConnection);
        }

        State = State with { Dialling = dialling, DialConnection = 0, ConnectRetryDeadline = null, IdleHoldDeadline = null };
    }

    /// <summary>Puts a connection where its state and its origin say it belongs.</summary>
    public void Set(ConnectionState connection)
    {
        State = connection.State == BgpSessionState.Established ? State with { Established = connection }
            : connection.IsDialled ? State with { Outbound = connection }
            : State with { Inbound = connection };
    }

    /// <summary>Takes a connection out, without any action.</summary>
    public void Remove(ConnectionState connection)
    {
        State = connection.State == BgpSessionState.Established ? State with { Established = null }
            : connection.IsDialled ? State with { Outbound = null }
            : State with { Inbound = null };
    }

    /// <summary>
    /// Ends a connection for good: NOTIFICATION, close, the one report it gets. What comes next is the caller's.
    /// </summary>
    public void Close(ConnectionState connection, BgpDownReason reason, BgpNotification? notification)
    {
        if (connection is { State: BgpSessionState.Established, Negotiated: { RemoteRestart: not null } negotiated })
        {
            var kept = GracefulRestart.FamiliesKept(negotiated, reason);
            notification = notification is null ? null : GracefulRestart.ToSend(negotiated, reason, notification);
            reason = new BgpDownReason(reason.Kind, notification ?? reason.Notification, reason.Exception, reason.Detail) { FamiliesKept = kept };
        }

        if (notification is not null)
        {
            Add(new FsmAction(FsmActionKind.SendNotification, connection.Id) { Notification = notification });
        }

        Add(reason.Kind == BgpDownKind.SendHoldTimerExpired ? FsmActionKind.Drop : FsmActionKind.Close, connection.Id);
        Add(new FsmAction(
            connection.State == BgpSessionState.Established ? FsmActionKind.SessionDown : FsmActionKind.AttemptFailed,
            connection.Id)
        { Reason = reason });
        Remove(connection);
    }
}
