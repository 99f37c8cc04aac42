namespace BgpSharp.Fsm;

/// <summary>
/// The send hold timer (RFC 9687): a peer whose TCP takes nothing from us, while its own KEEPALIVEs keep the hold timer quiet,
/// would hold on to routes that we can no longer withdraw.
/// </summary>
internal static class SendHoldTimer
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(8);

    /// <summary>Null where there is no hold time: then no timer runs.</summary>
    public static TimeSpan? Deadline(PeerFsmConfig config, NegotiatedSession negotiated, TimeSpan from) =>
        negotiated.HoldTime > TimeSpan.Zero ? from + Interval(config, negotiated) : null;

    /// <summary>Counts from when TCP last took something, or there was nothing to send; the deadline never moves back.</summary>
    public static ConnectionState Restarted(ConnectionState connection, PeerFsmConfig config, in FsmEvent input) =>
        connection is { SendHoldDeadline: { } deadline, Negotiated: { } negotiated }
            && (input.SentAt < input.Now ? input.SentAt : input.Now) + Interval(config, negotiated) is var next
            && next > deadline
            ? connection with { SendHoldDeadline = next }
            : connection;

    private static TimeSpan Interval(PeerFsmConfig config, NegotiatedSession negotiated) =>
        config.SendHoldTime ?? (negotiated.HoldTime * 2 > Least ? negotiated.HoldTime * 2 : Least);
}
