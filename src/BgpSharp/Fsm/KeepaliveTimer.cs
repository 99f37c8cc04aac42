namespace BgpSharp.Fsm;

/// <summary>The KEEPALIVE timer: at most one a second (RFC 4271 §4.4), with the jitter of §10.</summary>
internal static class KeepaliveTimer
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static TimeSpan Next(NegotiatedSession negotiated, in FsmEvent input)
    {
        var interval = Backoff.Jittered(negotiated.KeepaliveInterval, input.Jitter);
        return input.Now + (interval > Least ? interval : Least);
    }

    /// <summary>Event 11; a stale one, whose deadline has moved on, is ignored.</summary>
    public static void Expires(ref Transition transition, ConnectionState connection)
    {
        if (connection.KeepaliveDeadline <= transition.Input.Now && connection.Negotiated is { } negotiated)
        {
            transition.Add(FsmActionKind.SendKeepalive, connection.Id);
            transition.Set(connection with { KeepaliveDeadline = Next(negotiated, transition.Input) });
        }
    }
}
