namespace BgpSharp.Fsm;

/// <summary>
/// The send hold timer (RFC 9687): a peer whose TCP takes nothing from us, while its own KEEPALIVEs keep the hold timer quiet,
/// would hold on to routes that we can no longer withdraw.
/// </summary>
internal static class SendHoldTimer
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(8);

    /// <summary>Null where there is no hold time: then no timer runs.</summary>
    public static TimeSpan? Interval(PeerFsmConfig config, TimeSpan holdTime) =>
        holdTime == TimeSpan.Zero ? null : config.SendHoldTime ?? (holdTime * 2 > Least ? holdTime * 2 : Least);

    public static TimeSpan? Deadline(PeerFsmConfig config, NegotiatedSession negotiated, TimeSpan from) =>
        from + Interval(config, negotiated.HoldTime);

    /// <summary>
    /// Counts from when TCP last took something, or there was nothing to send. The interval may be another one by now, so the
    /// deadline may move back.
    /// </summary>
    public static ConnectionState Restarted(ConnectionState connection, PeerFsmConfig config, in FsmEvent input) =>
        input.SentAt is { } at && connection.Negotiated is { } negotiated
            ? connection with { SendHoldDeadline = Deadline(config, negotiated, at) }
            : connection;
}
