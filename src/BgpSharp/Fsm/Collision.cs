using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>
/// Connection collision (RFC 4271 §6.8): judged when a valid OPEN arrives, against a connection in OpenConfirm (or waiting for BFD
/// to get there) by the identifiers, against the Established one in its favour unless the configuration wants that judged too, or graceful
/// restart was agreed on and the peer has restarted (RFC 4724 §4.2). A connection still in OpenSent waits for its own OPEN.
/// </summary>
internal static class Collision
{
    /// <summary>Resolves the collision that the OPEN on this connection reveals, if any; false: this connection lost.</summary>
    public static bool Survives(ref Transition transition, ConnectionState connection, OpenMessage open)
    {
        if (transition.State.Established is { } former && GracefulRestart.IsRestart(connection, former))
        {
            // A NOTIFICATION would flush what the peer keeps of ours (RFC 4724 §5).
            transition.Close(former, new BgpDownReason(BgpDownKind.ConnectionLost, detail: "the peer opened another one: it has restarted"), notification: null);
        }

        var session = transition.State.Established;
        if (session is not null && !transition.Config.CollisionDetectEstablished)
        {
            Lose(ref transition, connection, session);
            return false;
        }

        var other = session ?? (connection.IsDialled ? transition.State.Inbound : transition.State.Outbound);
        if (other is not ({ State: BgpSessionState.OpenConfirm or BgpSessionState.Established } or { IsAwaitingBfd: true }))
        {
            return true;
        }

        if (connection.IsDialled == KeepsDialled(transition.Config, open))
        {
            Lose(ref transition, other, connection);
            return true;
        }

        Lose(ref transition, connection, other);
        return false;
    }

    /// <summary>
    /// Ends the connection in favour of another one. It is no failure, so nothing is counted; a dial is planned in case the
    /// winner fails, and is cancelled when it is Established.
    /// </summary>
    public static void Lose(ref Transition transition, ConnectionState connection, ConnectionState? winner = null)
    {
        var notification = new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.ConnectionCollisionResolution);
        var who = winner is null ? null
            : winner.State == BgpSessionState.Established ? "the session that is up won"
            : winner.IsDialled ? "the connection we opened won"
            : "the connection the peer opened won";
        transition.Close(connection, new BgpDownReason(BgpDownKind.Collision, notification, detail: who), notification);
        ConnectionEnd.PlanDial(ref transition, lostEarly: false);
    }

    /// <summary>The greater identifier's dial is kept; of equal identifiers that of the greater AS (RFC 6286 §2.3).</summary>
    private static bool KeepsDialled(PeerFsmConfig config, OpenMessage open)
    {
        var (local, remote) = (config.LocalIdentifier.Value, open.Identifier.Value);
        return local != remote ? local > remote : config.LocalAsn > OpenCapabilities.AsnOf(open);
    }
}
