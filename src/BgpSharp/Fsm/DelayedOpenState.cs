namespace BgpSharp.Fsm;

/// <summary>
/// A connection is up, and our OPEN is held back for the peer to send its own first: DelayOpen (RFC 4271 §8.1.1), in the
/// states Connect and Active of §8.2.2. A NOTIFICATION needs no OPEN before it (SendNOTIFICATIONwithoutOPEN), or the peer
/// would never learn what is wrong.
/// </summary>
internal static class DelayedOpenState
{
    public static void Begin(ref Transition transition, ConnectionState connection) => transition.Set(connection with
    {
        State = connection.IsDialled ? BgpSessionState.Connect : BgpSessionState.Active,
        DelayOpenDeadline = transition.Input.Now + transition.Config.DelayOpenTime,
    });

    public static void Step(ref Transition transition, ConnectionState connection)
    {
        switch (transition.Input.Kind)
        {
            case FsmEventKind.DelayOpenTimerExpires:
                // A stale one, whose deadline is yet to come, is ignored.
                if (connection.DelayOpenDeadline <= transition.Input.Now)
                {
                    OpenSentState.Begin(ref transition, connection);
                }

                break;
            case FsmEventKind.BgpOpen or FsmEventKind.BgpOpenWithDelayOpenTimerRunning when transition.Input.Open is { } open:
                // While the timer runs an OPEN is event 20, whatever whoever posts it knows of the timer.
                OpenSentState.OpenReceived(ref transition, connection, open);
                break;
            case FsmEventKind.BgpHeaderError or FsmEventKind.BgpOpenMessageError:
                ConnectionEnd.Refuse(ref transition, connection, transition.Input.Error);
                break;
            case FsmEventKind.Notification or FsmEventKind.NotificationVersionError:
                ConnectionEnd.NotificationReceived(ref transition, connection);
                break;
            case FsmEventKind.TcpConnectionFails:
                ConnectionEnd.ConnectionLost(ref transition, connection);
                break;
            case FsmEventKind.OpenCollisionDump:
                Collision.Lose(ref transition, connection);
                break;
            case FsmEventKind.HoldTimerExpires or FsmEventKind.KeepaliveTimerExpires or FsmEventKind.SendHoldTimerExpires:
                break;
            default:
                ConnectionEnd.Unexpected(ref transition, connection);
                break;
        }
    }
}
