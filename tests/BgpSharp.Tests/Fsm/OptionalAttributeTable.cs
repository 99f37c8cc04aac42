namespace BgpSharp.Tests.Fsm;

/// <summary>
/// What the optional session attributes of RFC 4271 §8.1.1, and a hold time of zero, change in
/// <see cref="TransitionTable"/>, written down by hand. Connections are numbered as there; with PassiveTcpEstablishment
/// the peer dials, so the one that is up is -1.
/// </summary>
internal static class OptionalAttributeTable
{
    public const string Passive = "PassiveTcpEstablishment";
    public const string ActiveOnly = "no connections accepted";
    public const string DetectEstablished = "CollisionDetectEstablishedState";
    public const string NoHoldTime = "HoldTime zero";
    private const string Nothing = "";

    /// <summary>The attribute, the state, the event's number, the actions, the state that follows, and the paragraph.</summary>
    public static readonly (string Attribute, string State, int Event, string Actions, BgpSessionState Next, string Rfc)[] Rows =
    [
        (Passive, "Idle", 1, Nothing, BgpSessionState.Active, "§8.1.1: as Event 4, with the attribute set for good"),
        (Passive, "Idle", 3, Nothing, BgpSessionState.Active, "§8.1.1: as Event 5"),
        (Passive, "Idle", 6, Nothing, BgpSessionState.Active, "§8.1.1: as Event 7"),
        (Passive, "IdleHold", 13, Nothing, BgpSessionState.Active, "Idle, Event 13: started again, passively"),
        (Passive, "IdleHold", 17, "SendOpen -2", BgpSessionState.OpenSent, "Idle refuses; here a peer that comes back is taken at once"),
        (Passive, "Active", 9, Nothing, BgpSessionState.Active, "Active, Event 9: the timer does not run where nobody dials"),
        (Passive, "Active", 17, "SendOpen -2", BgpSessionState.OpenSent, "Active, Event 17"),
        (Passive, "OpenSent", 18, "Close -1, AttemptFailed ConnectionLost -1", BgpSessionState.Active, "OpenSent, Event 18"),
        (Passive, "Established", 10, "SendNotification 4/0 -1, Close -1, SessionDown HoldTimerExpired -1", BgpSessionState.Idle, "Established, Event 10"),
        (Passive, "Established", 29, "SendNotification 8/0 -1, Drop -1, SessionDown SendHoldTimerExpired -1", BgpSessionState.Idle, "RFC 9687 §4.3, Event 29"),

        (ActiveOnly, "Connect", 17, "Close -1", BgpSessionState.Connect, "Event 15 in the RFC's words: the request is invalid"),
        (ActiveOnly, "Active", 17, "Close -1", BgpSessionState.Active, "as Event 15"),
        (ActiveOnly, "OpenSent", 17, "Close -1", BgpSessionState.OpenSent, "as Event 15"),
        (ActiveOnly, "OpenConfirm", 17, "Close -1", BgpSessionState.OpenConfirm, "as Event 15"),
        (ActiveOnly, "Established", 17, "Close -1", BgpSessionState.Established, "as Event 15"),
        (ActiveOnly, "IdleHold", 17, "Close -1", BgpSessionState.Idle, "Idle refuses connections"),

        (DetectEstablished, "Established", 23, "SendNotification 6/7 1, Close 1, SessionDown Collision 1", BgpSessionState.Idle, "Established, Event 23"),
        (DetectEstablished, "OpenConfirm", 23, "SendNotification 6/7 1, Close 1, AttemptFailed Collision 1", BgpSessionState.Idle, "OpenConfirm, Event 23: no difference"),

        (NoHoldTime, "OpenSent", 19, "SendKeepalive 1", BgpSessionState.OpenConfirm, "OpenSent, Event 19: the timers are not started, the KEEPALIVE is sent"),
        (NoHoldTime, "OpenConfirm", 10, Nothing, BgpSessionState.OpenConfirm, "§4.2: no hold timer runs, a stale one is ignored"),
        (NoHoldTime, "OpenConfirm", 11, Nothing, BgpSessionState.OpenConfirm, "§4.4: no KEEPALIVE timer runs"),
        (NoHoldTime, "OpenConfirm", 26, "SessionUp 1", BgpSessionState.Established, "OpenConfirm, Event 26"),
        (NoHoldTime, "Established", 10, Nothing, BgpSessionState.Established, "§4.2: no hold timer runs"),
        (NoHoldTime, "Established", 11, Nothing, BgpSessionState.Established, "§4.4: no KEEPALIVE timer runs"),
        (NoHoldTime, "Established", 29, Nothing, BgpSessionState.Established, "RFC 9687 §4.3: without a hold time there is no send hold timer"),
    ];
}
