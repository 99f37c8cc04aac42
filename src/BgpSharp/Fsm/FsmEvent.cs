using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>An input of the state machine. Time and chance are inputs too: the machine reads neither.</summary>
internal readonly record struct FsmEvent(FsmEventKind Kind, TimeSpan Now)
{
    /// <summary>
    /// The connection the event is about; 0 for the peer as a whole. The machine numbers the connections it dials from 1
    /// up, the driver those it accepts from -1 down.
    /// </summary>
    public int Connection { get; init; }

    /// <summary>
    /// When the message arrived (events 26 and 27), which may be well before <see cref="Now"/>: one event may stand for
    /// many messages, the last of which counts.
    /// </summary>
    public TimeSpan At { get; init; }

    /// <summary>
    /// When TCP last took octets of ours, or now when none wait (event 26, which stands for this too); null: not told.
    /// </summary>
    public TimeSpan? SentAt { get; init; }

    /// <summary>When an UPDATE of ours last went out (event 26, as above); null: not told, or none did.</summary>
    public TimeSpan? UpdateSentAt { get; init; }

    /// <summary>A random number in [0, 1) for the jitter of the timers this event may start.</summary>
    public double Jitter { get; init; }

    /// <summary>The OPEN (events 19 and 20).</summary>
    public OpenMessage? Open { get; init; }

    /// <summary>The peer's mistake (events 21, 22 and 28).</summary>
    public WireError Error { get; init; }

    /// <summary>The NOTIFICATION received (24, 25) or to be sent (2 and 8; null closes without one).</summary>
    public BgpNotification? Notification { get; init; }

    /// <summary>
    /// How long the peer is kept Idle, where connections are refused too (event 8); the greatest value: until event 1 or 4, or another
    /// 8. Null: the back-off's time, and a peer that comes back is welcome.
    /// </summary>
    public TimeSpan? IdleHold { get; init; }

    /// <summary>Why, in the words of whoever posts it (2, 8, 18).</summary>
    public BgpDownReason? Reason { get; init; }
}
