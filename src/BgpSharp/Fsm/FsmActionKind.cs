namespace BgpSharp.Fsm;

/// <summary>What the driver is asked to do.</summary>
internal enum FsmActionKind
{
    /// <summary>
    /// Dial the peer; the outcome comes back as event 16 or 18 with the same connection number, unless <see cref="Close"/>
    /// comes first.
    /// </summary>
    Connect,

    /// <summary>Send our OPEN.</summary>
    SendOpen,

    SendKeepalive,

    /// <summary>The session waits for BFD over this connection's path; the outcome comes back as event 31 or 33.</summary>
    AwaitBfd,

    /// <summary>Send <see cref="FsmAction.Notification"/>; always followed by <see cref="Close"/> or <see cref="Drop"/>.</summary>
    SendNotification,

    /// <summary>
    /// Send what is queued, then close; also gives up a dial in progress. No event comes back. A number the driver no
    /// longer knows is ignored.
    /// </summary>
    Close,

    /// <summary>Like <see cref="Close"/>, but only what TCP takes at once is still sent, and nobody is waited for.</summary>
    Drop,

    /// <summary>The connection is Established; <see cref="FsmAction.Negotiated"/> says what was agreed.</summary>
    SessionUp,

    /// <summary>The Established connection is over, after its <see cref="Close"/>; <see cref="FsmAction.Reason"/> says why.</summary>
    SessionDown,

    /// <summary>
    /// A dial failed, or a connection ended before Established (after its <see cref="Close"/>);
    /// <see cref="FsmAction.Reason"/> says why. A dial that is merely no longer wanted only gets <see cref="Close"/>.
    /// </summary>
    AttemptFailed,
}
