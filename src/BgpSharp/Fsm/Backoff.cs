namespace BgpSharp.Fsm;

/// <summary>How long from one dial to the next.</summary>
internal static class Backoff
{
    /// <summary>How long a session without a hold time must live to count as one that lasted.</summary>
    private static readonly TimeSpan LastingWithoutHoldTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The interval after that many failures in a row: it doubles with each up to the ceiling, and jitter takes up to a
    /// quarter off (RFC 4271 §10), so the ceiling is never passed.
    /// </summary>
    public static TimeSpan Interval(PeerFsmConfig config, int failures, bool misconfigured, double jitter)
    {
        var ceiling = misconfigured ? config.MaximumRetryMisconfigured : config.MaximumRetry;
        var doubled = config.InitialRetry * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return Jittered(doubled < ceiling ? doubled : ceiling, jitter);
    }

    /// <summary>When to dial after a failure: an interval after the last dial began, or after now when that has passed.</summary>
    public static TimeSpan NextDial(in Transition transition)
    {
        var (state, now) = (transition.State, transition.Input.Now);
        var interval = Interval(transition.Config, state.ConnectRetryCounter, state.Misconfigured, transition.Input.Jitter);
        return state.LastDialAt + interval is { } at && at > now ? at : now + interval;
    }

    public static TimeSpan Jittered(TimeSpan interval, double jitter) => interval * (0.75 + (0.25 * Math.Clamp(jitter, 0, 1)));

    /// <summary>Whether a NOTIFICATION, sent or received, says that trying again soon will not help.</summary>
    public static bool SaysMisconfigured(BgpNotification? notification) =>
        notification is { Code: BgpErrorCode.OpenMessage }
            or { Code: BgpErrorCode.Cease, Subcode: CeaseSubcode.ConnectionRejected };

    /// <summary>
    /// A session that lived for its hold time lasted; one that fell sooner counts as one more failure, or a peer that
    /// oscillates would be dialled without pause.
    /// </summary>
    public static bool Lasted(ConnectionState session, TimeSpan establishedAt, TimeSpan now)
    {
        var needed = session.Negotiated?.HoldTime is { } hold && hold > TimeSpan.Zero ? hold : LastingWithoutHoldTime;
        return now - establishedAt >= needed;
    }
}
