namespace BgpSharp;

/// <summary>Why a session is not Established, in words for whoever has to mend it. Immutable.</summary>
public sealed class BgpPeerExplanation
{
    internal BgpPeerExplanation(BgpPeerCause cause, string problem, string advice)
    {
        Cause = cause;
        Problem = problem;
        Advice = advice;
    }

    /// <summary>The cause, for programs.</summary>
    public BgpPeerCause Cause { get; }

    /// <summary>What is wrong, one or two sentences.</summary>
    public string Problem { get; }

    /// <summary>What to look at next, and where.</summary>
    public string Advice { get; }

    /// <summary>The NOTIFICATION that was last sent to the peer, whenever that was; null: none was.</summary>
    public BgpNotification? NotificationSent { get; internal init; }

    /// <summary>The NOTIFICATION that was last received from the peer, whenever that was; null: none was.</summary>
    public BgpNotification? NotificationReceived { get; internal init; }

    /// <summary>All of it as one paragraph.</summary>
    /// <returns>Problem, advice, and the last NOTIFICATION of each side.</returns>
    public override string ToString()
    {
        var sent = NotificationSent is null ? null : $"Last NOTIFICATION sent: {NotificationSent}.";
        var received = NotificationReceived is null ? null : $"Last NOTIFICATION received: {NotificationReceived}.";
        return string.Join(' ', new[] { Problem, Advice, received, sent }.Where(part => part is not null));
    }
}
