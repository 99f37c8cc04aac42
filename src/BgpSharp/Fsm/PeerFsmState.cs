namespace BgpSharp.Fsm;

/// <summary>
/// The state of one peer: the dialling side (Idle, Connect, Active) and its TCP connections, of which at most one is
/// Established and the others are on their way to it or to losing a collision. Timers are the deadlines in it. Immutable.
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

    /// <summary>The connection we dialled, before Established.</summary>
    public ConnectionState? Outbound { get; init; }

    /// <summary>The connection we accepted, before Established.</summary>
    public ConnectionState? Inbound { get; init; }

    /// <summary>The Established connection, whoever dialled it.</summary>
    public ConnectionState? Established { get; init; }

    public TimeSpan? ConnectRetryDeadline { get; init; }

    public TimeSpan? IdleHoldDeadline { get; init; }

    /// <summary>Whether nobody may connect before the IdleHoldTimer expires; without that timer, before an operator says so.</summary>
    public bool IsHeldDown { get; init; }

    /// <summary>Whether BFD with the peer is Up, or one of the sides holds it down on purpose.</summary>
    public bool IsBfdClear { get; init; }

    /// <summary>RFC 4271's ConnectRetryCounter: failed attempts since the last session that lasted.</summary>
    public int ConnectRetryCounter { get; init; }

    /// <summary>Whether the last attempt ended with a NOTIFICATION that says the configuration is wrong.</summary>
    public bool Misconfigured { get; init; }

    /// <summary>When the last dial began, from which the next is counted; null: none was made.</summary>
    public TimeSpan? LastDialAt { get; init; }

    /// <summary>The number of the last connection dialled.</summary>
    public int LastDialled { get; init; }

    /// <summary>When the present session was established, to tell one that lasted from one that oscillates.</summary>
    public TimeSpan EstablishedAt { get; init; }

    /// <summary>The state shown to the outside: that of the connection furthest on, else of the dialling side.</summary>
    public BgpSessionState State
    {
        get
        {
            // Where our OPEN is delayed, the dialling side stays what it was (RFC 4271 §8.2.2, Connect and Active).
            var state = Outbound is { IsOpenDelayed: true } ? BgpSessionState.Connect
                : Dialling == BgpSessionState.Idle && Inbound is { IsOpenDelayed: true } ? BgpSessionState.Active
                : Dialling;
            foreach (var connection in (ReadOnlySpan<ConnectionState?>)[Outbound, Inbound, Established])
            {
                state = connection is { IsOpenDelayed: false } && connection.State > state ? connection.State : state;
            }

            return state;
        }
    }

    /// <summary>The earliest deadline of all; null: no timer runs.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            var next = Earlier(ConnectRetryDeadline, IdleHoldDeadline);
            foreach (var connection in (ReadOnlySpan<ConnectionState?>)[Outbound, Inbound, Established])
            {
                next = Earlier(Earlier(next, connection?.SendHoldDeadline), Earlier(connection?.HoldDeadline, connection?.KeepaliveDeadline));
                next = Earlier(Earlier(next, connection?.DelayOpenDeadline), connection?.BfdDeadline);
            }

            return next;
        }
    }

    /// <summary>Whether this is the number of the dial in progress.</summary>
    public bool IsDialling(int connection) => Dialling == BgpSessionState.Connect && DialConnection == connection;

    /// <summary>The connection with this number; null when it is over, or is still being dialled.</summary>
    public ConnectionState? Find(int connection)
    {
        foreach (var candidate in (ReadOnlySpan<ConnectionState?>)[Outbound, Inbound, Established])
        {
            if (candidate?.Id == connection)
            {
                return candidate;
            }
        }

        return null;
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) =>
        left is null ? right : right is null || left < right ? left : right;
}
