using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>The endings of a connection that the states share, and what the peer does next.</summary>
internal static class ConnectionEnd
{
    private const string BfdMissing = "BFD did not come up, and both sides want it first (strict)";

    /// <summary>Tells the peer of its mistake and ends the connection.</summary>
    public static void Refuse(ref Transition transition, ConnectionState connection, WireError error) =>
        Notify(ref transition, connection, BgpDownKind.ProtocolError, error.ToNotification(), error.Detail);

    /// <summary>A message that this state does not expect (RFC 6608, which has no subcode for the states before OpenSent).</summary>
    public static void Unexpected(ref Transition transition, ConnectionState connection)
    {
        var subcode = (byte)Math.Max(0, connection.State - BgpSessionState.OpenSent + 1);
        Notify(
            ref transition,
            connection,
            BgpDownKind.ProtocolError,
            new BgpNotification(BgpErrorCode.FiniteStateMachine, subcode));
    }

    /// <summary>Event 10; a stale one, whose deadline has moved on, is ignored.</summary>
    public static void HoldTimerExpires(ref Transition transition, ConnectionState connection)
    {
        if (connection.HoldDeadline <= transition.Input.Now)
        {
            Notify(
                ref transition,
                connection,
                BgpDownKind.HoldTimerExpired,
                new BgpNotification(BgpErrorCode.HoldTimerExpired, 0),
                connection.IsAwaitingBfd ? BfdMissing : null);
        }
    }

    /// <summary>The timer that bounds the wait for BFD where there is no hold timer; a stale one is ignored.</summary>
    public static void BfdHoldTimerExpires(ref Transition transition, ConnectionState connection)
    {
        if (connection.BfdDeadline <= transition.Input.Now)
        {
            BfdDown(ref transition, connection, BfdMissing);
        }
    }

    public static void BfdDown(ref Transition transition, ConnectionState connection, string? detail = null) =>
        Notify(ref transition, connection, BgpDownKind.BfdDown, new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.BfdDown), detail);

    /// <summary>
    /// Event 29 (RFC 9687 §4.3); a stale one is ignored. The NOTIFICATION is tried, but a peer that takes nothing will hardly
    /// take it, so it is not waited for.
    /// </summary>
    public static void SendHoldTimerExpires(ref Transition transition, ConnectionState connection)
    {
        if (connection.SendHoldDeadline <= transition.Input.Now)
        {
            Notify(
                ref transition,
                connection,
                BgpDownKind.SendHoldTimerExpired,
                new BgpNotification(BgpErrorCode.SendHoldTimerExpired, 0));
        }
    }

    /// <summary>Events 24 and 25. A NOTIFICATION is never answered (RFC 4271 §6.4).</summary>
    public static void NotificationReceived(ref Transition transition, ConnectionState connection)
    {
        var notification = transition.Input.Notification;
        var detail = notification is { Code: BgpErrorCode.OpenMessage, Subcode: OpenValidator.BadPeerAs }
            ? $"our OPEN says AS {transition.Config.LocalAsn}, the peer expects another"
            : null;
        End(ref transition, connection, new BgpDownReason(BgpDownKind.NotificationReceived, notification, detail: detail));
    }

    /// <summary>Event 18 for a connection that was up.</summary>
    public static void ConnectionLost(ref Transition transition, ConnectionState connection) =>
        End(ref transition, connection, transition.Input.Reason ?? new BgpDownReason(BgpDownKind.ConnectionLost));

    /// <summary>
    /// Sees to it that a dial follows, unless one is under way, planned already, or a session is up. An earlier plan is
    /// never put off: a peer whose own dials fail again and again must not keep ours from happening.
    /// </summary>
    public static void PlanDial(ref Transition transition, bool lostEarly)
    {
        var state = transition.State;
        if (state is not { Established: null, Outbound: null, ConnectRetryDeadline: null, IdleHoldDeadline: null })
        {
            return;
        }

        if (!lostEarly)
        {
            transition.State = state with { Dialling = BgpSessionState.Idle, IdleHoldDeadline = Backoff.NextDial(transition) };
        }
        else if (transition.Config.Active)
        {
            transition.State = state with { ConnectRetryDeadline = Backoff.NextDial(transition) };
        }
    }

    private static void Notify(
        ref Transition transition, ConnectionState connection, BgpDownKind kind, BgpNotification notification, string? detail = null) =>
        End(ref transition, connection, new BgpDownReason(kind, notification, detail: detail), notification);

    private static void End(
        ref Transition transition, ConnectionState connection, BgpDownReason reason, BgpNotification? notification = null)
    {
        transition.Close(connection, reason, notification);
        var state = transition.State;
        if (state.Established is not null)
        {
            // A challenger of the session ended; the session's own fate decides about the next dial.
            return;
        }

        var wasSession = connection.State == BgpSessionState.Established;
        var lasted = wasSession && Backoff.Lasted(connection, state.EstablishedAt, transition.Input.Now);
        var othersRemain = state.Outbound is not null || state.Inbound is not null || state.Dialling == BgpSessionState.Connect;
        transition.State = state with
        {
            ConnectRetryCounter = lasted ? 0 : state.ConnectRetryCounter + (othersRemain ? 0 : 1),
            Misconfigured = Backoff.SaysMisconfigured(reason.Notification),
        };

        if (lasted && transition.Config.Active && state.Outbound is null)
        {
            transition.Dial();
        }
        else
        {
            var early = connection.State is BgpSessionState.Connect or BgpSessionState.OpenSent;
            PlanDial(ref transition, early && reason.Kind == BgpDownKind.ConnectionLost);
        }
    }
}
