namespace BgpSharp.Fsm;

/// <summary>The KEEPALIVE timer: at most one a second (RFC 4271 §4.4), with the jitter of §10.</summary>
internal static class KeepaliveTimer
{
    // Sessions at rest act together, at multiples of this, so that a thousand do not wake the machine a thousand times.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>The last moment up to this one at which sessions act together: a KEEPALIVE comes rather early than late.</summary>
    public static TimeSpan LastTick(TimeSpan time) => new(time.Ticks / Tick.Ticks * Tick.Ticks);

    /// <summary>As configured by now, and never more than a third of the hold time agreed on; zero: none are sent.</summary>
    public static TimeSpan Interval(PeerFsmConfig config, TimeSpan holdTime) =>
        config.KeepaliveInterval is { } configured && configured < holdTime / 3 ? configured : holdTime / 3;

    public static TimeSpan Next(PeerFsmConfig config, NegotiatedSession negotiated, in FsmEvent input) =>
        Next(Interval(config, negotiated.HoldTime), input.Now, input.Jitter);

    /// <summary>
    /// An UPDATE keeps the peer's hold timer quiet as well, so the interval counts from the last one (§8.2.2, Established). A
    /// ROUTE-REFRESH does not: RFC 4271 has the peer restart its timer for KEEPALIVEs and UPDATEs alone.
    /// </summary>
    public static ConnectionState Restarted(ConnectionState connection, PeerFsmConfig config, in FsmEvent input)
    {
        if (connection.KeepaliveDeadline is not { } deadline || connection.Negotiated is not { } negotiated || input.UpdateSentAt is not { } sent)
        {
            return connection;
        }

        var next = Next(Interval(config, negotiated.HoldTime), sent < input.Now ? sent : input.Now, input.Jitter);
        return next > deadline ? connection with { KeepaliveDeadline = next } : connection;
    }

    /// <summary>Event 11; a stale one, whose deadline has moved on, is ignored.</summary>
    public static void Expires(ref Transition transition, ConnectionState connection)
    {
        if (connection.KeepaliveDeadline <= transition.Input.Now && connection.Negotiated is { } negotiated)
        {
            transition.Add(FsmActionKind.SendKeepalive, connection.Id);
            transition.Set(connection with { KeepaliveDeadline = Next(transition.Config, negotiated, transition.Input) });
        }
    }

    private static TimeSpan Next(TimeSpan interval, TimeSpan from, double jitter)
    {
        var jittered = Backoff.Jittered(interval, jitter);
        var due = from + (jittered > Least ? jittered : Least);
        var tick = LastTick(due);
        return tick - from < Least ? due : tick;
    }
}
