using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>OpenSent: our OPEN is out, the peer's is awaited (RFC 4271 §8.2.2).</summary>
internal static class OpenSentState
{
    /// <summary>Sends our OPEN. The peer's is waited for longer than messages of a session are.</summary>
    public static void Begin(ref Transition transition, ConnectionState connection)
    {
        transition.Set(connection with
        {
            State = BgpSessionState.OpenSent,
            DelayOpenDeadline = null,
            HoldDeadline = transition.Input.Now + transition.Config.OpenHoldTime,
        });
        transition.Add(FsmActionKind.SendOpen, connection.Id);
    }

    public static void Step(ref Transition transition, ConnectionState connection)
    {
        switch (transition.Input.Kind)
        {
            case FsmEventKind.BgpOpen when transition.Input.Open is { } open:
                OpenReceived(ref transition, connection, open);
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
            case FsmEventKind.KeepaliveTimerExpires or FsmEventKind.SendHoldTimerExpires:
                break;
            default:
                ConnectionEnd.Unexpected(ref transition, connection);
                break;
        }
    }

    /// <summary>Events 19 and 20; ours is sent first where it was held back until now.</summary>
    public static void OpenReceived(ref Transition transition, ConnectionState connection, OpenMessage open)
    {
        var config = transition.Config;
        var error = OpenValidator.Validate(open, config.RemoteAsn, config.LocalAsn, config.LocalIdentifier, config.MinimumHoldTime)
            ?? Negotiation.CommonFamilyMissing(config, open);
        if (error is { } mistake)
        {
            ConnectionEnd.Refuse(ref transition, connection, mistake);
            return;
        }

        if (!Collision.Survives(ref transition, connection, open))
        {
            return;
        }

        if (connection.IsOpenDelayed)
        {
            transition.Add(FsmActionKind.SendOpen, connection.Id);
        }

        var accepted = connection with { DelayOpenDeadline = null, RemoteOpen = open, Negotiated = Negotiation.Agree(config, open) };
        if (accepted.Negotiated.BfdStrict && !transition.State.IsBfdClear)
        {
            AwaitingBfdState.Begin(ref transition, accepted);
        }
        else
        {
            OpenConfirmState.Begin(ref transition, accepted);
        }
    }
}
