namespace BgpSharp.Fsm;

/// <summary>The events of RFC 4271 §8.1, RFC 9687 and BFD's strict mode with their numbers.</summary>
internal enum FsmEventKind
{
    ManualStart = 1,
    ManualStop = 2,
    AutomaticStart = 3,
    ManualStartPassive = 4,
    AutomaticStartPassive = 5,
    AutomaticStartDamped = 6,
    AutomaticStartDampedPassive = 7,
    AutomaticStop = 8,
    ConnectRetryTimerExpires = 9,
    HoldTimerExpires = 10,
    KeepaliveTimerExpires = 11,
    DelayOpenTimerExpires = 12,
    IdleHoldTimerExpires = 13,
    TcpConnectionValid = 14,
    TcpConnectionRequestInvalid = 15,
    TcpConnectionRequestAcked = 16,
    TcpConnectionConfirmed = 17,
    TcpConnectionFails = 18,
    BgpOpen = 19,
    BgpOpenWithDelayOpenTimerRunning = 20,
    BgpHeaderError = 21,
    BgpOpenMessageError = 22,
    OpenCollisionDump = 23,
    NotificationVersionError = 24,
    Notification = 25,
    KeepaliveMessage = 26,
    UpdateMessage = 27,
    UpdateMessageError = 28,

    /// <summary>RFC 9687.</summary>
    SendHoldTimerExpires = 29,

    /// <summary>
    /// draft-ietf-idr-bgp-bfd-strict-mode, with its numbers, as the next two. About the peer as a whole.
    /// </summary>
    BfdDown = 31,

    /// <summary>BFD is Up, or held down on purpose, which the draft tells apart and answers alike.</summary>
    BfdUp = 33,

    BfdHoldTimerExpires = 34,
}
