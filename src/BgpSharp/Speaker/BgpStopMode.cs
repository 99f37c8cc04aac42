namespace BgpSharp;

/// <summary>How sessions are ended.</summary>
public enum BgpStopMode
{
    /// <summary>Withdraw every route, wait until the peer's TCP has acknowledged that, send Cease, close.</summary>
    Withdraw,

    /// <summary>
    /// Send every route with GRACEFUL_SHUTDOWN (RFC 8326), give routers <see cref="BgpStopOptions.DrainTime"/> to move
    /// traffic away, then do as <see cref="Withdraw"/>, with <see cref="BgpStopOptions.Linger"/> before the Cease.
    /// </summary>
    Drain,

    /// <summary>
    /// Send what was announced, wait until the peer's TCP has acknowledged that, and close without a NOTIFICATION: a peer with
    /// which graceful restart was agreed on (<see cref="BgpPeerOptions.GracefulRestart"/>) keeps our routes until the speaker
    /// is back or the restart time is over. Other peers drop them at once.
    /// </summary>
    KeepForwarding,

    /// <summary>
    /// Send Cease and close, without withdrawing first; the peer drops our routes with the session. Its close is waited for,
    /// at most <see cref="BgpStopOptions.Timeout"/>, or what we said last could be lost.
    /// </summary>
    Immediate,
}
