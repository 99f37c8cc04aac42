namespace BgpSharp.Fsm;

/// <summary>OpenConfirm: both OPENs are accepted, a KEEPALIVE is awaited (RFC 4271 §8.2.2).</summary>
internal static class OpenConfirmState
{
    /// <summary>Sends the KEEPALIVE that confirms the peer's OPEN.</summary>
    public static void Begin(ref Transition transition, ConnectionState connection)
    {
        var negotiated = connection.Negotiated!;
        var timersRun = negotiated.HoldTime > TimeSpan.Zero;
        transition.Add(FsmActionKind.SendKeepalive, connection.Id);
        transition.Set(connection with
        {
            State = BgpSessionState.OpenConfirm,
            HoldDeadline = timersRun ? transition.Input.Now + negotiated.HoldTime : null,
            KeepaliveDeadline = timersRun ? KeepaliveTimer.Next(transition.Config, negotiated, transition.Input) : null,
        });
    }

    public static void Step(ref Transition transition, ConnectionState connection)
    {
        switch (transition.Input.Kind)
        {
            case FsmEventKind.KeepaliveMessage:
                Establish(ref transition, connection);
                break;
            case FsmEventKind.KeepaliveTimerExpires:
                KeepaliveTimer.Expires(ref transition, connection);
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
            case FsmEventKind.HoldTimerExpires:
                ConnectionEnd.HoldTimerExpires(ref transition, connection);
                break;
            case FsmEventKind.OpenCollisionDump:
                Collision.Lose(ref transition, connection);
                break;
            case FsmEventKind.SendHoldTimerExpires:
                break;
            default:
                ConnectionEnd.Unexpected(ref transition, connection);
                break;
        }
    }

    /// <summary>
    /// The session is up, and dialling is over. Another connection whose OPEN has not come yet is kept until it does
    /// (RFC 4271 §8.2.2, Established): the peer may have decided for that one, and then this one falls and that one goes on.
    /// </summary>
    public static void Establish(ref Transition transition, ConnectionState connection)
    {
        transition.Remove(connection);
        transition.Set(HoldTimer.Restarted(connection, transition.Input) with
        {
            State = BgpSessionState.Established,
            SendHoldDeadline = SendHoldTimer.Deadline(transition.Config, connection.Negotiated!, transition.Input.Now),
        });
        transition.State = transition.State with { EstablishedAt = transition.Input.Now };
        transition.Add(new FsmAction(FsmActionKind.SessionUp, connection.Id) { Negotiated = connection.Negotiated });
        transition.StopDialling(BgpSessionState.Active);
    }
}
