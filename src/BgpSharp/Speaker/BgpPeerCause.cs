namespace BgpSharp;

/// <summary>What keeps a session from being Established, or that nothing does; the names are stable.</summary>
public enum BgpPeerCause
{
    /// <summary>Nothing: the session is Established. Whether the peer uses the routes it is sent cannot be seen from here.</summary>
    Established,

    /// <summary>The speaker was not started.</summary>
    NotStarted,

    /// <summary>The peer, or its speaker, was stopped here.</summary>
    Stopped,

    /// <summary>The peer is awaited, <see cref="BgpConnectMode.Passive"/>, and has not connected.</summary>
    AwaitingPeer,

    /// <summary>A first attempt is under way, and nothing has failed yet.</summary>
    Connecting,

    /// <summary>The peer's host refuses the TCP connection.</summary>
    Refused,

    /// <summary>The peer's host does not answer at all.</summary>
    NoAnswer,

    /// <summary>The peer does not answer, and the kernel drops segments for their TCP-MD5 signature.</summary>
    PasswordSuspected,

    /// <summary>There is no way to the peer's address.</summary>
    NoRoute,

    /// <summary>The peer is further away than the TTL of what is sent to it reaches.</summary>
    TtlTooSmall,

    /// <summary>The source address or interface is not on this host.</summary>
    SourceMissing,

    /// <summary>The TCP connection cannot be made, for another reason.</summary>
    CannotConnect,

    /// <summary>The peer closes, or resets, the TCP connection and does not say why.</summary>
    ClosedByPeer,

    /// <summary>The TCP connection is there, and the peer's OPEN does not come.</summary>
    OpenAwaited,

    /// <summary>The peer's OPEN came, and the KEEPALIVE that would accept ours does not.</summary>
    KeepaliveAwaited,

    /// <summary>The peer is in another AS than the one that is configured for it here.</summary>
    WrongPeerAs,

    /// <summary>The peer expects us in another AS.</summary>
    WrongLocalAs,

    /// <summary>One side needs a capability, or a family, that the other does not have.</summary>
    CapabilityMismatch,

    /// <summary>One side does not accept the other's OPEN, for another reason.</summary>
    OpenRefused,

    /// <summary>The peer's operator shut the session down, or the peer is not configured there any more.</summary>
    ShutDownByPeer,

    /// <summary>One side announced more prefixes than the other allows.</summary>
    PrefixLimit,

    /// <summary>Nothing came for the hold time, here or there.</summary>
    HoldTimerExpired,

    /// <summary>BFD found the path down, here or there.</summary>
    BfdDown,

    /// <summary>There is another connection with the peer, and that one stays.</summary>
    Collision,

    /// <summary>One side found a message of the other that breaks the protocol.</summary>
    ProtocolError,

    /// <summary>The handler of this program threw, or took longer than the hold time.</summary>
    HandlerFailed,

    /// <summary>Reset by either side, to be made again at once.</summary>
    Reset,

    /// <summary>The peer ended the session for a reason of its own.</summary>
    EndedByPeer,
}
