namespace BgpSharp;

/// <summary>The error code of a NOTIFICATION.</summary>
public enum BgpErrorCode : byte
{
    /// <summary>Message Header Error (RFC 4271 §6.1).</summary>
    MessageHeader = 1,

    /// <summary>OPEN Message Error (RFC 4271 §6.2).</summary>
    OpenMessage = 2,

    /// <summary>UPDATE Message Error (RFC 4271 §6.3).</summary>
    UpdateMessage = 3,

    /// <summary>Hold Timer Expired (RFC 4271 §6.5).</summary>
    HoldTimerExpired = 4,

    /// <summary>Finite State Machine Error (RFC 4271 §6.6, subcodes RFC 6608).</summary>
    FiniteStateMachine = 5,

    /// <summary>Cease (RFC 4271 §6.7, subcodes RFC 4486).</summary>
    Cease = 6,

    /// <summary>ROUTE-REFRESH Message Error (RFC 7313).</summary>
    RouteRefreshMessage = 7,

    /// <summary>Send Hold Timer Expired (RFC 9687).</summary>
    SendHoldTimerExpired = 8,
}
