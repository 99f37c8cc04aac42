namespace BgpSharp;

/// <summary>Graceful restart with one peer (RFC 4724, RFC 8538): each side keeps the other's routes while it restarts.</summary>
/// <remarks>
/// A process that is killed closes its connections without a NOTIFICATION, and to the peer that is a restart: it goes on
/// sending traffic for <see cref="RestartTime"/>, whether anybody is there to take it or not.
/// </remarks>
public sealed class BgpGracefulRestartOptions
{
    /// <summary>
    /// How long the peer is asked to keep our routes until the session is back: 0 to 4095 whole seconds. Default: 120 s.
    /// </summary>
    public TimeSpan RestartTime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Whether routes are to stay through NOTIFICATIONs and an expired hold timer too (the N bit, RFC 8538), when the peer
    /// says the same. Endings that are meant are then sent as Cease, Hard Reset, with the real reason inside. Default: true.
    /// </summary>
    public bool CoversNotifications { get; init; } = true;

    /// <summary>
    /// Whether traffic for our routes really went on being forwarded while there was no session (the F bit of every family).
    /// Where it did not the peer drops the routes it kept as soon as the session is back, and takes them anew. Default: false.
    /// </summary>
    public bool ForwardingPreserved { get; init; }

    /// <summary>
    /// How long routes of the peer's that were kept while it restarted wait for its End-of-RIB once it is back: 1 second to
    /// 1 day. How long they wait for the peer itself, the peer says. Default: 6 minutes.
    /// </summary>
    public TimeSpan StaleRouteTime { get; init; } = TimeSpan.FromMinutes(6);
}
