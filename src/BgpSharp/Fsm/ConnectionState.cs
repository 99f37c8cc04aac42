using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>
/// The state of one TCP connection to the peer: OpenSent, OpenConfirm or Established, or while our OPEN is delayed, Connect
/// where we dialled and Active where we accepted. Immutable.
/// </summary>
internal sealed record ConnectionState(int Id, BgpSessionState State)
{
    /// <summary>Whether we dialled it; else we accepted it.</summary>
    public bool IsDialled => Id > 0;

    /// <summary>The number of the Established connection beside which this one began; null: there was none.</summary>
    public int? BeganBeside { get; init; }

    /// <summary>Whether our OPEN is held back (RFC 4271's DelayOpen).</summary>
    public bool IsOpenDelayed => DelayOpenDeadline is not null;

    /// <summary>When our OPEN is sent at the latest; null: it is not delayed.</summary>
    public TimeSpan? DelayOpenDeadline { get; init; }

    /// <summary>When the hold timer expires; null: it does not run.</summary>
    public TimeSpan? HoldDeadline { get; init; }

    /// <summary>When the next KEEPALIVE is due; null: none is.</summary>
    public TimeSpan? KeepaliveDeadline { get; init; }

    /// <summary>When the send hold timer expires (RFC 9687); null: it does not run.</summary>
    public TimeSpan? SendHoldDeadline { get; init; }

    /// <summary>In OpenSent: both OPENs are accepted, and the session waits for BFD.</summary>
    public bool IsAwaitingBfd { get; init; }

    /// <summary>The peer's KEEPALIVE came while we waited for BFD.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Until when BFD is waited for; null: that has no timer of its own.</summary>
    public TimeSpan? BfdDeadline { get; init; }

    /// <summary>The peer's OPEN, from OpenConfirm on, or while BFD is waited for.</summary>
    public OpenMessage? RemoteOpen { get; init; }

    /// <summary>What was agreed, as above.</summary>
    public NegotiatedSession? Negotiated { get; init; }
}
