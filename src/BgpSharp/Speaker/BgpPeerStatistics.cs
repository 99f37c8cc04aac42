namespace BgpSharp;

/// <summary>Counters of one peer since it was added. A copy of one moment.</summary>
public sealed class BgpPeerStatistics
{
    /// <summary>Messages received, all types.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>Messages sent, all types.</summary>
    public long MessagesSent { get; init; }

    /// <summary>UPDATEs received.</summary>
    public long UpdatesReceived { get; init; }

    /// <summary>UPDATEs sent.</summary>
    public long UpdatesSent { get; init; }

    /// <summary>Prefixes announced to us, repeated ones counted again, discarded ones not at all.</summary>
    public long PrefixesReceived { get; init; }

    /// <summary>
    /// Prefixes announced to us beyond a limit whose action is <see cref="BgpPrefixLimitAction.Discard"/>, repeated ones
    /// counted again.
    /// </summary>
    public long PrefixesDiscarded { get; init; }

    /// <summary>
    /// Prefixes that the session holds against <see cref="BgpPeerOptions.PrefixLimits"/> now; 0 without limits or a session.
    /// </summary>
    public long PrefixesHeld { get; init; }

    /// <summary>Prefixes withdrawn from us.</summary>
    public long PrefixesWithdrawn { get; init; }

    /// <summary>Prefixes the peer has from us now.</summary>
    public long PrefixesAdvertised { get; init; }

    /// <summary>
    /// Prefixes the session does not send: refused by <see cref="BgpPeerOptions.Export"/>, without a next hop the peer could
    /// use, or with attributes too long for a message. The log says why a next hop is missing.
    /// </summary>
    public long PrefixesWithheld { get; init; }

    /// <summary>Sessions established.</summary>
    public long SessionsEstablished { get; init; }

    /// <summary>Established sessions that ended.</summary>
    public long SessionsLost { get; init; }
}
