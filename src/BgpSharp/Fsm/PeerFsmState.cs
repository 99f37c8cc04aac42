namespace BgpSharp.Fsm;

/// <summary>
/// The state of one peer: the dialling side (Idle, Connect, Active) and up to two TCP connections, of which a collision
/// leaves one. Timers are the deadlines in it. Immutable.
/// </summary>
internal sealed record PeerFsmState
{
    public static readonly PeerFsmState Initial = new();

    /// <summary>Whether the peer was started and not stopped.</summary>
    public bool Started { get; init; }

    /// <summary>Idle, Connect or Active.</summary>
    public BgpSessionState Dialling { get; init; } = BgpSessionState.Idle;

    /// <summary>The number of the dial in progress, in Connect.</summary>
    public int DialConnection { get; init; }

    /// <summary>The connection we dialled, once TCP is up.</summary>
    public ConnectionState? Outbound { get; init; }

    /// <summary>The connection we accepted.</summary>
    public ConnectionState? Inbound { get; init; }

    public TimeSpan? ConnectRetryDeadline { get; init; }

    public TimeSpan? IdleHoldDeadline { get; init; }

    /// <summary>RFC 4271's ConnectRetryCounter: failed attempts since the last session that lasted.</summary>
    public int ConnectRetryCounter { get; init; }

    /// <summary>The number of the last connection dialled.</summary>
    public int LastDialled { get; init; }

    /// <summary>When the present session was established, to tell one that lasted from one that oscillates.</summary>
    public TimeSpan EstablishedAt { get; init; }

    /// <summary>The state shown to the outside: that of the connection furthest on, else of the dialling side.</summary>
    public BgpSessionState State
    {
        get
        {
            var connection = (Outbound?.State ?? 0) > (Inbound?.State ?? 0) ? Outbound : Inbound;
            return connection?.State ?? Dialling;
        }
    }

    /// <summary>The earliest deadline of all; null: no timer runs.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            var next = Earlier(ConnectRetryDeadline, IdleHoldDeadline);
            foreach (var connection in (ReadOnlySpan<ConnectionState?>)[Outbound, Inbound])
            {
                next = Earlier(next, Earlier(connection?.HoldDeadline, connection?.KeepaliveDeadline));
            }

            return next;
        }
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) =>
        left is null ? right : right is null || left < right ? left : right;
}
