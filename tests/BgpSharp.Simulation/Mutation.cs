namespace BgpSharp.Simulation;

/// <summary>Mistakes made on purpose, to see that the invariants find them. None exists outside this assembly.</summary>
public enum Mutation
{
    None,

    /// <summary>A message of the peer does not restart the hold timer.</summary>
    HoldTimerNotRestarted,

    /// <summary>The hold timer never expires.</summary>
    HoldTimerNeverRuns,

    /// <summary>The machine is not told of what was received before it judges the hold timer.</summary>
    SignsOfLifeIgnored,

    /// <summary>A timer that was replaced expires all the same.</summary>
    TimerEpochIgnored,

    /// <summary>One KEEPALIVE, and never another.</summary>
    KeepaliveTimerNotRestarted,

    /// <summary>The lesser identifier's connection is kept.</summary>
    CollisionInverted,

    /// <summary>The loser of a collision is left open.</summary>
    CollisionLoserNotClosed,

    /// <summary>No dial follows a lost connection.</summary>
    DialNotPlanned,

    /// <summary>A dial follows every failure at once.</summary>
    NoBackoff,

    /// <summary>What the peer announced stays when the session ends, so what it withdrew meanwhile stays too.</summary>
    WithdrawLostOnReconnect,

    /// <summary>A new session goes on where the old one was, as if the peer still had its routes.</summary>
    AdjRibOutKept,

    /// <summary>End-of-RIB goes out before the routes.</summary>
    EndOfRibTooEarly,

    /// <summary>A KEEPALIVE follows the NOTIFICATION.</summary>
    MessageAfterNotification,

    /// <summary>Routes are sent as soon as the OPENs agree.</summary>
    RoutesBeforeEstablished,

    /// <summary>An announcement of a known prefix changes nothing.</summary>
    ImplicitReplaceLost,

    /// <summary>A withdrawal is not acted upon.</summary>
    WithdrawLost,

    /// <summary>A strict session does not wait for BFD.</summary>
    BfdNotAwaited,

    /// <summary>A session that waits for BFD never hears that it is Up.</summary>
    BfdUpLost,

    /// <summary>The wait for BFD has no end.</summary>
    BfdAwaitedForEver,

    /// <summary>A connection that is over stays in the books.</summary>
    ConnectionLeaked,
}
