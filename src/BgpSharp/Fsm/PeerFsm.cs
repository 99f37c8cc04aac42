namespace BgpSharp.Fsm;

/// <summary>
/// The state machine of one peer (RFC 4271 §8) in two levels: <see cref="DiallingStates"/> for the peer as a whole (Idle,
/// Connect, Active), and <see cref="DelayedOpenState"/>, <see cref="OpenSentState"/>, <see cref="AwaitingBfdState"/>, <see cref="OpenConfirmState"/> and <see cref="EstablishedState"/>
/// for each of its TCP connections. Pure and total: every event has an answer in every state, and nothing is thrown.
/// </summary>
internal static class PeerFsm
{
    /// <summary>The state that follows; what is to be done about it is appended to <paramref name="actions"/>.</summary>
    public static PeerFsmState Step(PeerFsmState state, in FsmEvent input, PeerFsmConfig config, List<FsmAction> actions)
    {
        var transition = new Transition(state, input, config, actions);
        switch (input.Kind)
        {
            case FsmEventKind.ManualStart or FsmEventKind.AutomaticStart or FsmEventKind.AutomaticStartDamped:
                DiallingStates.Start(ref transition, passive: false);
                break;
            case FsmEventKind.ManualStartPassive or FsmEventKind.AutomaticStartPassive or FsmEventKind.AutomaticStartDampedPassive:
                DiallingStates.Start(ref transition, passive: true);
                break;
            case FsmEventKind.ManualStop:
                DiallingStates.StopForGood(ref transition);
                break;
            case FsmEventKind.AutomaticStop:
                DiallingStates.StopForNow(ref transition);
                break;
            case FsmEventKind.ConnectRetryTimerExpires:
                DiallingStates.ConnectRetryTimerExpires(ref transition);
                break;
            case FsmEventKind.IdleHoldTimerExpires:
                DiallingStates.IdleHoldTimerExpires(ref transition);
                break;
            case FsmEventKind.TcpConnectionRequestAcked:
                DiallingStates.Dialled(ref transition);
                break;
            case FsmEventKind.TcpConnectionConfirmed:
                DiallingStates.Accepted(ref transition);
                break;
            case FsmEventKind.BfdUp:
                AwaitingBfdState.BfdUp(ref transition);
                break;
            case FsmEventKind.BfdDown:
                AwaitingBfdState.BfdDown(ref transition);
                break;
            case FsmEventKind.TcpConnectionFails when state.IsDialling(input.Connection):
                DiallingStates.DialFailed(ref transition);
                break;
            default:
                StepConnection(ref transition);
                break;
        }

        return transition.State;
    }

    /// <summary>The event of a timer that is due; false when none is. Ask again after each step.</summary>
    public static bool TryGetDueTimer(PeerFsmState state, TimeSpan now, out FsmEvent due)
    {
        foreach (var connection in (ReadOnlySpan<ConnectionState?>)[state.Established, state.Outbound, state.Inbound])
        {
            if (connection?.HoldDeadline <= now)
            {
                due = new FsmEvent(FsmEventKind.HoldTimerExpires, now) { Connection = connection.Id };
                return true;
            }

            if (connection?.DelayOpenDeadline <= now)
            {
                due = new FsmEvent(FsmEventKind.DelayOpenTimerExpires, now) { Connection = connection.Id };
                return true;
            }

            if (connection?.BfdDeadline <= now)
            {
                due = new FsmEvent(FsmEventKind.BfdHoldTimerExpires, now) { Connection = connection.Id };
                return true;
            }

            if (connection?.SendHoldDeadline <= now)
            {
                due = new FsmEvent(FsmEventKind.SendHoldTimerExpires, now) { Connection = connection.Id };
                return true;
            }

            if (connection?.KeepaliveDeadline <= now)
            {
                due = new FsmEvent(FsmEventKind.KeepaliveTimerExpires, now) { Connection = connection.Id };
                return true;
            }
        }

        due = new FsmEvent(
            state.ConnectRetryDeadline <= now ? FsmEventKind.ConnectRetryTimerExpires : FsmEventKind.IdleHoldTimerExpires, now);
        return state.ConnectRetryDeadline <= now || state.IdleHoldDeadline <= now;
    }

    /// <summary>
    /// Events about a connection that is over, or not up yet, change nothing: before OpenSent there is nobody to tell. So
    /// do 14 and 15, since a connection counts from event 17 on, and 12 and 34 where their timers do not run.
    /// </summary>
    private static void StepConnection(ref Transition transition)
    {
        if (transition.State.Find(transition.Input.Connection) is not { } connection
            || transition.Input.Kind is FsmEventKind.TcpConnectionValid
                or FsmEventKind.TcpConnectionRequestInvalid
            || (transition.Input.Kind == FsmEventKind.DelayOpenTimerExpires && !connection.IsOpenDelayed)
            || (transition.Input.Kind == FsmEventKind.BfdHoldTimerExpires && !connection.IsAwaitingBfd))
        {
            return;
        }

        if (connection.IsOpenDelayed)
        {
            DelayedOpenState.Step(ref transition, connection);
            return;
        }

        if (connection.IsAwaitingBfd)
        {
            AwaitingBfdState.Step(ref transition, connection);
            return;
        }

        switch (connection.State)
        {
            case BgpSessionState.OpenSent:
                OpenSentState.Step(ref transition, connection);
                break;
            case BgpSessionState.OpenConfirm:
                OpenConfirmState.Step(ref transition, connection);
                break;
            case BgpSessionState.Established:
                EstablishedState.Step(ref transition, connection);
                break;
        }
    }
}
