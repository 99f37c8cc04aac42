using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>The state of one TCP connection to the peer: OpenSent, OpenConfirm or Established. Immutable.</summary>
internal sealed record ConnectionState(int Id, BgpSessionState State)
{
    /// <summary>Whether we dialled it; else we accepted it.</summary>
    public bool IsDialled => Id > 0;

    /// <summary>When the hold timer expires; null: it does not run.</summary>
    public TimeSpan? HoldDeadline { get; init; }

    /// <summary>When the next KEEPALIVE is due; null: none is.</summary>
    public TimeSpan? KeepaliveDeadline { get; init; }

    /// <summary>When the send hold timer expires (RFC 9687); null: it does not run.</summary>
    public TimeSpan? SendHoldDeadline { get; init; }

    /// <summary>The peer's OPEN, from OpenConfirm on.</summary>
    public OpenMessage? RemoteOpen { get; init; }

    /// <summary>What was agreed, from OpenConfirm on.</summary>
    public NegotiatedSession? Negotiated { get; init; }
}
