namespace BgpSharp;

/// <summary>
/// A limit on the prefixes of one family that a peer may have announced at a time. Announcing one again does not count
/// twice. Immutable.
/// </summary>
public sealed class BgpPrefixLimit
{
    /// <summary>The family: one of the peer's <see cref="BgpPeerOptions.Families"/>.</summary>
    public required BgpFamily Family { get; init; }

    /// <summary>The most prefixes, at least 1. A lower one put in force by an update is looked at when the next comes.</summary>
    public required int Maximum { get; init; }

    /// <summary>
    /// The share of <see cref="Maximum"/>, 1 to 100 percent, that is worth a line in the log, one a session. Default: 75.
    /// </summary>
    public int WarningPercent { get; init; } = 75;

    /// <summary>What happens beyond the limit. Default: the session is closed.</summary>
    public BgpPrefixLimitAction Action { get; init; }

    /// <summary>
    /// How long the peer stays down after <see cref="BgpPrefixLimitAction.Close"/>, its own connections refused, before the
    /// session is tried again: more than zero, up to 24 days. Null: until <see cref="BgpPeer.ResetAsync"/>, or until its
    /// limits are changed. Default: null.
    /// </summary>
    public TimeSpan? RetryTime { get; init; }

    internal bool IsSameAs(BgpPrefixLimit other) =>
        Family == other.Family && Maximum == other.Maximum && WarningPercent == other.WarningPercent
        && Action == other.Action && RetryTime == other.RetryTime;
}
