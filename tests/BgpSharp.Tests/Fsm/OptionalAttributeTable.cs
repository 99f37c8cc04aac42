namespace BgpSharp.Tests.Fsm;

/// <summary>
/// What the optional session attributes of RFC 4271 §8.1.1, a hold time of zero, and graceful restart agreed on, change in
/// <see cref="TransitionTable"/>, written down by hand. Connections are numbered as there; with PassiveTcpEstablishment
/// the peer dials, so the one that is up is -1; with DelayOpen the one that is up in Active is -1 as well.
/// </summary>
internal static class OptionalAttributeTable
{
    public const string Passive = "PassiveTcpEstablishment";
    public const string ActiveOnly = "no connections accepted";
    public const string DetectEstablished = "CollisionDetectEstablishedState";
    public const string NoHoldTime = "HoldTime zero";
    public const string DelayOpen = "DelayOpen";
    public const string Restart = "graceful restart";
    public const string RestartWithNotifications = "graceful restart, N bit";
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

        (Restart, "OpenConfirm", 2, "SendNotification 6/2 1, Close 1, AttemptFailed Stopped 1", BgpSessionState.Idle, "OpenConfirm, Event 2: no difference"),
        (Restart, "Established", 2, "SendNotification 6/2 1, Close 1, SessionDown Stopped 1", BgpSessionState.Idle, "RFC 4724 §4.1: any NOTIFICATION ends it for good, so no difference"),
        (Restart, "Established", 8, "SendNotification 6/2 1, Close 1, SessionDown Stopped 1", BgpSessionState.Idle, "as Event 2"),
        (Restart, "Established", 10, "SendNotification 4/0 1, Close 1, SessionDown HoldTimerExpired 1, Connect 2", BgpSessionState.Connect, "Established, Event 10: no difference"),
        (Restart, "Established", 17, "SendOpen -1", BgpSessionState.Established, "RFC 4724 §5, Events 16 and 17: the second connection is tracked until its OPEN"),
        (Restart, "Established", 18, "Close 1, SessionDown ConnectionLost 1", BgpSessionState.Idle, "RFC 4724 §5, Event 18: the routes stay"),
        (Restart, "Established", 19, "SendNotification 5/3 1, Close 1, SessionDown ProtocolError 1", BgpSessionState.Idle, "an OPEN on the session's own connection is no restart"),
        (Restart, "Established", 23, Nothing, BgpSessionState.Established, "Established, Event 23 needs CollisionDetectEstablishedState: no difference"),
        (Restart, "Established", 25, "Close 1, SessionDown NotificationReceived 1", BgpSessionState.Idle, "RFC 4724 §5, Events 24 and 25: the routes go"),

        (RestartWithNotifications, "OpenSent", 2, "SendNotification 6/2 1, Close 1, AttemptFailed Stopped 1", BgpSessionState.Idle, "RFC 8538 §3 is about sessions; nothing is agreed on yet"),
        (RestartWithNotifications, "OpenConfirm", 2, "SendNotification 6/2 1, Close 1, AttemptFailed Stopped 1", BgpSessionState.Idle, "RFC 8538 §3 is about sessions; there are no routes yet"),
        (RestartWithNotifications, "Established", 2, "SendNotification 6/9 1, Close 1, SessionDown Stopped 1", BgpSessionState.Idle, "RFC 8538 §3.1: Hard Reset, or the peer would keep the routes"),
        (RestartWithNotifications, "Established", 8, "SendNotification 6/9 1, Close 1, SessionDown Stopped 1", BgpSessionState.Idle, "RFC 8538 §3.1"),
        (RestartWithNotifications, "Established", 10, "SendNotification 4/0 1, Close 1, SessionDown HoldTimerExpired 1, Connect 2", BgpSessionState.Connect, "RFC 8538 §4: an expired hold timer is a graceful restart, so no Hard Reset"),
        (RestartWithNotifications, "Established", 18, "Close 1, SessionDown ConnectionLost 1", BgpSessionState.Idle, "RFC 4724 §5, Event 18: the routes stay"),
        (RestartWithNotifications, "Established", 19, "SendNotification 6/9 1, Close 1, SessionDown ProtocolError 1", BgpSessionState.Idle, "RFC 8538 §3.1"),
        (RestartWithNotifications, "Established", 20, "SendNotification 6/9 1, Close 1, SessionDown ProtocolError 1", BgpSessionState.Idle, "RFC 8538 §3.1"),
        (RestartWithNotifications, "Established", 21, "SendNotification 6/9 1, Close 1, SessionDown ProtocolError 1", BgpSessionState.Idle, "RFC 8538 §3.1"),
        (RestartWithNotifications, "Established", 22, "SendNotification 6/9 1, Close 1, SessionDown ProtocolError 1", BgpSessionState.Idle, "RFC 8538 §3.1"),
        (RestartWithNotifications, "Established", 24, "Close 1, SessionDown NotificationReceived 1", BgpSessionState.Idle, "RFC 8538 §4: the routes stay; a NOTIFICATION is never answered"),
        (RestartWithNotifications, "Established", 25, "Close 1, SessionDown NotificationReceived 1", BgpSessionState.Idle, "RFC 8538 §4: the routes stay unless it is a Hard Reset"),
        (RestartWithNotifications, "Established", 28, "SendNotification 6/9 1, Close 1, SessionDown ProtocolError 1", BgpSessionState.Idle, "RFC 8538 §3.1"),
        (RestartWithNotifications, "Established", 29, "SendNotification 6/9 1, Drop 1, SessionDown SendHoldTimerExpired 1, Connect 2", BgpSessionState.Connect, "RFC 9687 §4.3 and RFC 8538 §3.1: a peer that takes nothing must not keep the routes"),

        (DelayOpen, "Connect", 1, Nothing, BgpSessionState.Connect, "Connect: start events are ignored"),
        (DelayOpen, "Connect", 2, "SendNotification 6/2 1, Close 1, AttemptFailed Stopped 1", BgpSessionState.Idle, "Connect, Event 2 closes; told as in Active"),
        (DelayOpen, "Connect", 3, Nothing, BgpSessionState.Connect, "Connect: start events are ignored"),
        (DelayOpen, "Connect", 4, Nothing, BgpSessionState.Connect, "Connect: start events are ignored"),
        (DelayOpen, "Connect", 5, Nothing, BgpSessionState.Connect, "Connect: start events are ignored"),
        (DelayOpen, "Connect", 6, Nothing, BgpSessionState.Connect, "Connect: start events are ignored"),
        (DelayOpen, "Connect", 7, Nothing, BgpSessionState.Connect, "Connect: start events are ignored"),
        (DelayOpen, "Connect", 8, "SendNotification 6/2 1, Close 1, AttemptFailed Stopped 1", BgpSessionState.Idle, "Connect, other events (8); told as by Event 2"),
        (DelayOpen, "Connect", 9, Nothing, BgpSessionState.Connect, "Connect, Event 16: the ConnectRetryTimer was stopped"),
        (DelayOpen, "Connect", 10, Nothing, BgpSessionState.Connect, "other events: no hold timer runs, a stale one is ignored"),
        (DelayOpen, "Connect", 11, Nothing, BgpSessionState.Connect, "other events: no KEEPALIVE timer runs, a stale one is ignored"),
        (DelayOpen, "Connect", 12, "SendOpen 1", BgpSessionState.OpenSent, "Connect, Event 12"),
        (DelayOpen, "Connect", 13, Nothing, BgpSessionState.Connect, "other events: the timer does not run"),
        (DelayOpen, "Connect", 14, Nothing, BgpSessionState.Connect, "Connect, Event 14"),
        (DelayOpen, "Connect", 15, Nothing, BgpSessionState.Connect, "Connect, Event 15"),
        (DelayOpen, "Connect", 16, Nothing, BgpSessionState.Connect, "Connect, Event 16 of a connection already tracked"),
        (DelayOpen, "Connect", 17, Nothing, BgpSessionState.Connect, "Connect, Event 17: the second connection is tracked, its OPEN delayed too"),
        (DelayOpen, "Connect", 18, "Close 1, AttemptFailed ConnectionLost 1", BgpSessionState.Active, "Connect, Event 18 with the DelayOpenTimer running"),
        (DelayOpen, "Connect", 19, "SendOpen 1, SendKeepalive 1", BgpSessionState.OpenConfirm, "§8.1.4: with the timer running this is Event 20, whoever posts it"),
        (DelayOpen, "Connect", 20, "SendOpen 1, SendKeepalive 1", BgpSessionState.OpenConfirm, "Connect, Event 20"),
        (DelayOpen, "Connect", 21, "SendNotification 1/2 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle, "Connect, Event 21: told, SendNOTIFICATIONwithoutOPEN is set"),
        (DelayOpen, "Connect", 22, "SendNotification 1/2 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle, "Connect, Event 22: told, SendNOTIFICATIONwithoutOPEN is set"),
        (DelayOpen, "Connect", 23, "SendNotification 6/7 1, Close 1, AttemptFailed Collision 1", BgpSessionState.Idle, "other events (23): the connection is dropped; told why"),
        (DelayOpen, "Connect", 24, "Close 1, AttemptFailed NotificationReceived 1", BgpSessionState.Idle, "Connect, Event 24 with the DelayOpenTimer running"),
        (DelayOpen, "Connect", 25, "Close 1, AttemptFailed NotificationReceived 1", BgpSessionState.Idle, "Connect, other events (25)"),
        (DelayOpen, "Connect", 26, "SendNotification 5/0 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle, "Connect, other events (26): dropped; told with the subcode RFC 6608 keeps for no state"),
        (DelayOpen, "Connect", 27, "SendNotification 5/0 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle, "Connect, other events (27): dropped; told with the subcode RFC 6608 keeps for no state"),
        (DelayOpen, "Connect", 28, "SendNotification 5/0 1, Close 1, AttemptFailed ProtocolError 1", BgpSessionState.Idle, "Connect, other events (28): dropped; told with the subcode RFC 6608 keeps for no state"),
        (DelayOpen, "Connect", 29, Nothing, BgpSessionState.Connect, "RFC 9687 §3: the timer runs in Established only"),
        (DelayOpen, "Active", 1, Nothing, BgpSessionState.Active, "Active: start events are ignored"),
        (DelayOpen, "Active", 2, "SendNotification 6/2 -1, Close -1, AttemptFailed Stopped -1", BgpSessionState.Idle, "Active, Event 2: told, SendNOTIFICATIONwithoutOPEN is set"),
        (DelayOpen, "Active", 3, Nothing, BgpSessionState.Active, "Active: start events are ignored"),
        (DelayOpen, "Active", 4, Nothing, BgpSessionState.Active, "Active: start events are ignored"),
        (DelayOpen, "Active", 5, Nothing, BgpSessionState.Active, "Active: start events are ignored"),
        (DelayOpen, "Active", 6, Nothing, BgpSessionState.Active, "Active: start events are ignored"),
        (DelayOpen, "Active", 7, Nothing, BgpSessionState.Active, "Active: start events are ignored"),
        (DelayOpen, "Active", 8, "SendNotification 6/2 -1, Close -1, AttemptFailed Stopped -1", BgpSessionState.Idle, "Active, other events (8); told as by Event 2"),
        (DelayOpen, "Active", 9, Nothing, BgpSessionState.Active, "Active, Event 17: the ConnectRetryTimer was stopped"),
        (DelayOpen, "Active", 10, Nothing, BgpSessionState.Active, "other events: no hold timer runs, a stale one is ignored"),
        (DelayOpen, "Active", 11, Nothing, BgpSessionState.Active, "other events: no KEEPALIVE timer runs, a stale one is ignored"),
        (DelayOpen, "Active", 12, "SendOpen -1", BgpSessionState.OpenSent, "Active, Event 12"),
        (DelayOpen, "Active", 13, Nothing, BgpSessionState.Active, "other events: the timer does not run"),
        (DelayOpen, "Active", 14, Nothing, BgpSessionState.Active, "Active, Event 14"),
        (DelayOpen, "Active", 15, Nothing, BgpSessionState.Active, "Active, Event 15"),
        (DelayOpen, "Active", 16, Nothing, BgpSessionState.Active, "Active, Event 16 of a connection already tracked"),
        (DelayOpen, "Active", 17, "SendNotification 6/7 -1, Close -1, AttemptFailed Collision -1", BgpSessionState.Active, "Active, Event 17: a peer that dials again has given the first one up"),
        (DelayOpen, "Active", 18, "Close -1, AttemptFailed ConnectionLost -1", BgpSessionState.Idle, "Active, Event 18"),
        (DelayOpen, "Active", 19, "SendOpen -1, SendKeepalive -1", BgpSessionState.OpenConfirm, "§8.1.4: with the timer running this is Event 20, whoever posts it"),
        (DelayOpen, "Active", 20, "SendOpen -1, SendKeepalive -1", BgpSessionState.OpenConfirm, "Active, Event 20"),
        (DelayOpen, "Active", 21, "SendNotification 1/2 -1, Close -1, AttemptFailed ProtocolError -1", BgpSessionState.Idle, "Active, Event 21: told, SendNOTIFICATIONwithoutOPEN is set"),
        (DelayOpen, "Active", 22, "SendNotification 1/2 -1, Close -1, AttemptFailed ProtocolError -1", BgpSessionState.Idle, "Active, Event 22: told, SendNOTIFICATIONwithoutOPEN is set"),
        (DelayOpen, "Active", 23, "SendNotification 6/7 -1, Close -1, AttemptFailed Collision -1", BgpSessionState.Idle, "other events (23): the connection is dropped; told why"),
        (DelayOpen, "Active", 24, "Close -1, AttemptFailed NotificationReceived -1", BgpSessionState.Idle, "Active, Event 24 with the DelayOpenTimer running"),
        (DelayOpen, "Active", 25, "Close -1, AttemptFailed NotificationReceived -1", BgpSessionState.Idle, "Active, other events (25)"),
        (DelayOpen, "Active", 26, "SendNotification 5/0 -1, Close -1, AttemptFailed ProtocolError -1", BgpSessionState.Idle, "Active, other events (26): dropped; told with the subcode RFC 6608 keeps for no state"),
        (DelayOpen, "Active", 27, "SendNotification 5/0 -1, Close -1, AttemptFailed ProtocolError -1", BgpSessionState.Idle, "Active, other events (27): dropped; told with the subcode RFC 6608 keeps for no state"),
        (DelayOpen, "Active", 28, "SendNotification 5/0 -1, Close -1, AttemptFailed ProtocolError -1", BgpSessionState.Idle, "Active, other events (28): dropped; told with the subcode RFC 6608 keeps for no state"),
        (DelayOpen, "Active", 29, Nothing, BgpSessionState.Active, "RFC 9687 §3: the timer runs in Established only"),
        (DelayOpen, "IdleHold", 17, Nothing, BgpSessionState.Active, "Idle refuses; here a peer that comes back is taken at once, and its OPEN awaited"),
        (DelayOpen, "OpenSent", 12, Nothing, BgpSessionState.OpenSent, "any other event: the timer was cleared, a stale one is ignored"),
        (DelayOpen, "OpenConfirm", 12, Nothing, BgpSessionState.OpenConfirm, "any other event: the timer was cleared, a stale one is ignored"),
        (DelayOpen, "OpenConfirm", 26, "SessionUp 1", BgpSessionState.Established, "OpenConfirm, Event 26: no difference"),
    ];
}
