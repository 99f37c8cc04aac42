namespace BgpSharp;

/// <summary>What happens when a peer announces more prefixes than its limit.</summary>
public enum BgpPrefixLimitAction
{
    /// <summary>
    /// The session ends with Cease, Maximum Number of Prefixes Reached (RFC 4486 §4), and stays down for
    /// <see cref="BgpPrefixLimit.RetryTime"/>.
    /// </summary>
    Close,

    /// <summary>
    /// Prefixes beyond the limit are not given to the handler. A withdrawal makes room for the next one announced, not for
    /// those discarded before: route refresh brings them back.
    /// </summary>
    Discard,

    /// <summary>A line in the log, and nothing else.</summary>
    Warn,
}
