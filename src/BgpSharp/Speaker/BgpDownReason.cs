namespace BgpSharp;

/// <summary>Why a session, or an attempt to make one, ended. Immutable.</summary>
public sealed class BgpDownReason
{
    internal BgpDownReason(BgpDownKind kind, BgpNotification? notification = null, Exception? exception = null, string? detail = null)
    {
        Kind = kind;
        Notification = notification;
        Exception = exception;
        Detail = detail;
    }

    /// <summary>The kind of ending.</summary>
    public BgpDownKind Kind { get; }

    /// <summary>The NOTIFICATION that was received or sent; null when there was none.</summary>
    public BgpNotification? Notification { get; }

    /// <summary>The exception behind it; null when there was none.</summary>
    public Exception? Exception { get; }

    /// <summary>More words, when there are any.</summary>
    public string? Detail { get; }

    /// <summary>
    /// The families whose routes, received in the session, stay valid: graceful restart was agreed on, and the peer is expected
    /// back (RFC 4724 §4.2). Those that do not come again are told of by <see cref="BgpPeerHandler.OnStaleRoutesGoneAsync"/>.
    /// Empty, which is the rule: none.
    /// </summary>
    public IReadOnlyList<BgpFamily> FamiliesKept { get; internal init; } = [];

    /// <summary>One line an operator can act on.</summary>
    /// <returns>For example <c>notification received: Cease, Administrative Shutdown (6/2)</c>.</returns>
    public override string ToString()
    {
        var kind = Kind switch
        {
            BgpDownKind.Stopped => "stopped",
            BgpDownKind.ConnectFailed => "cannot connect",
            BgpDownKind.ConnectionLost => "connection lost",
            BgpDownKind.NotificationReceived => "notification received",
            BgpDownKind.ProtocolError => "protocol error by the peer, notification sent",
            BgpDownKind.HoldTimerExpired => "hold timer expired",
            BgpDownKind.SendHoldTimerExpired => "the peer took nothing from us for the send hold time",
            BgpDownKind.Collision => "collision",
            BgpDownKind.HandlerFaulted => "the peer's handler threw",
            BgpDownKind.HandlerTooSlow => "the peer's handler was busy for longer than the hold time",
            BgpDownKind.ConfigurationChanged => "the configuration changed",
            BgpDownKind.Reset => "reset",
            BgpDownKind.PeerRemoved => "the peer was removed",
            BgpDownKind.BfdDown => "BFD says that the path is down",
            BgpDownKind.PrefixLimitExceeded => "the peer announced too many prefixes",
            _ => Kind.ToString(),
        };
        var more = string.Join("; ", new[] { Notification?.ToString(), Detail, Exception?.Message }.Where(part => part is not null));
        return more.Length == 0 ? kind : $"{kind}: {more}";
    }
}
