namespace BgpSharp.Fsm;

/// <summary>What graceful restart changes in how a session ends (RFC 4724 §4.2, RFC 8538 §3 and §4).</summary>
internal static class GracefulRestart
{
    /// <summary>The families whose routes stay valid after a session that ended for this reason.</summary>
    public static IReadOnlyList<BgpFamily> FamiliesKept(NegotiatedSession session, BgpDownReason reason)
    {
        if (session.RemoteRestart is not { RestartTime: > 0 } remote || !Keeps(session, reason))
        {
            return [];
        }

        return [.. remote.Families.Select(entry => entry.Family).Intersect(session.Families)];
    }

    /// <summary>
    /// The NOTIFICATION as it is sent: with the N bit agreed on, one that is not a Hard Reset would leave our routes with the
    /// peer. An expired hold timer is what the N bit is for: both sides keep the routes.
    /// </summary>
    public static BgpNotification ToSend(NegotiatedSession session, BgpDownReason reason, BgpNotification notification) =>
        session.RestartCoversNotifications && reason.Kind != BgpDownKind.HoldTimerExpired
            ? new BgpNotification(
                BgpErrorCode.Cease,
                CeaseSubcode.HardReset,
                [(byte)notification.Code, notification.Subcode, .. notification.Data.Span])
            : notification;

    /// <summary>
    /// Whether a connection on which an OPEN came means that the peer has restarted (RFC 4724 §4.2): it began while there was
    /// this session. One that was on its way before is an ordinary collision.
    /// </summary>
    public static bool IsRestart(ConnectionState connection, ConnectionState session) =>
        session.Negotiated?.RemoteRestart is not null && connection.BeganBeside == session.Id;

    private static bool Keeps(NegotiatedSession session, BgpDownReason reason) => reason.Kind switch
    {
        BgpDownKind.ConnectionLost => true,
        BgpDownKind.HoldTimerExpired => session.RestartCoversNotifications,
        BgpDownKind.NotificationReceived => session.RestartCoversNotifications
            && reason.Notification is not { Code: BgpErrorCode.Cease, Subcode: CeaseSubcode.HardReset },
        _ => false,
    };
}
