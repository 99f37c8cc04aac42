namespace BgpSharp;

/// <summary>Why a session, or an attempt to make one, ended.</summary>
public enum BgpDownKind
{
    /// <summary>Stopped on purpose, here.</summary>
    Stopped,

    /// <summary>The TCP connection could not be made: refused, timed out, no route, or the source address is not there yet.</summary>
    ConnectFailed,

    /// <summary>The TCP connection ended without a NOTIFICATION.</summary>
    ConnectionLost,

    /// <summary>A NOTIFICATION was received.</summary>
    NotificationReceived,

    /// <summary>The peer made a protocol error and was told so by a NOTIFICATION.</summary>
    ProtocolError,

    /// <summary>Nothing was received for the hold time.</summary>
    HoldTimerExpired,

    /// <summary>The peer's TCP took nothing from us for the send hold time (RFC 9687).</summary>
    SendHoldTimerExpired,

    /// <summary>The connection lost against another one to the same peer (RFC 4271 §6.8).</summary>
    Collision,

    /// <summary>The peer's handler threw an exception.</summary>
    HandlerFaulted,

    /// <summary>The peer's handler was busy for longer than the hold time.</summary>
    HandlerTooSlow,

    /// <summary>The peer's options changed in a way that needs a new OPEN.</summary>
    ConfigurationChanged,

    /// <summary>Reset on purpose, here; it is made again.</summary>
    Reset,

    /// <summary>The peer was removed from the speaker.</summary>
    PeerRemoved,

    /// <summary>The peer announced more prefixes than its <see cref="BgpPeerOptions.PrefixLimits"/> allow.</summary>
    PrefixLimitExceeded,

    /// <summary>BFD found that the path to the peer, or the peer, is down (RFC 9384).</summary>
    BfdDown,
}
