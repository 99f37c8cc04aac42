namespace BgpSharp.Fsm;

/// <summary>Established: routes are exchanged (RFC 4271 §8.2.2).</summary>
internal static class EstablishedState
{
    public static void Step(ref Transition transition, ConnectionState connection)
    {
        switch (transition.Input.Kind)
        {
            case FsmEventKind.KeepaliveMessage or FsmEventKind.UpdateMessage:
                var alive = KeepaliveTimer.Restarted(HoldTimer.Restarted(connection, transition.Input), transition.Config, transition.Input);
                transition.Set(SendHoldTimer.Restarted(alive, transition.Config, transition.Input));
                break;
            case FsmEventKind.KeepaliveTimerExpires:
                KeepaliveTimer.Expires(ref transition, connection);
                break;
            case FsmEventKind.UpdateMessageError or FsmEventKind.BgpHeaderError:
                // §8.2.2 would call a header error an FSM error here; §6.1 has the code that tells the peer what is wrong.
                ConnectionEnd.Refuse(ref transition, connection, transition.Input.Error);
                break;
            case FsmEventKind.Notification or FsmEventKind.NotificationVersionError:
                ConnectionEnd.NotificationReceived(ref transition, connection);
                break;
            case FsmEventKind.TcpConnectionFails:
                ConnectionEnd.ConnectionLost(ref transition, connection);
                break;
            case FsmEventKind.HoldTimerExpires:
                ConnectionEnd.HoldTimerExpires(ref transition, connection);
                break;
            case FsmEventKind.SendHoldTimerExpires:
                ConnectionEnd.SendHoldTimerExpires(ref transition, connection);
                break;
            case FsmEventKind.OpenCollisionDump:
                // Only CollisionDetectEstablishedState gives up a session for another connection (§6.8).
                if (transition.Config.CollisionDetectEstablished)
                {
                    Collision.Lose(ref transition, connection);
                }

                break;
            default:
                ConnectionEnd.Unexpected(ref transition, connection);
                break;
        }
    }
}
