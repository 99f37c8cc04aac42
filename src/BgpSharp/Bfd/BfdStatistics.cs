namespace BgpSharp.Bfd;

/// <summary>Counters of one BFD session since it was made. A copy of one moment.</summary>
public sealed class BfdStatistics
{
    /// <summary>Packets sent.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Packets that the system did not take, for want of a route for example.</summary>
    public long SendErrors { get; init; }

    /// <summary>Packets received and acted upon.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Packets from the peer's address that were discarded: malformed, with authentication, or for no session of ours.</summary>
    public long PacketsDiscarded { get; init; }

    /// <summary>Packets from the peer's address that came with a TTL or hop limit other than 255, where one hop is expected.</summary>
    public long PacketsFromAfar { get; init; }

    /// <summary>How often the session came Up.</summary>
    public long TimesUp { get; init; }

    /// <summary>How often it left Up; not counted where we ended it on purpose (AdminDown).</summary>
    public long TimesDown { get; init; }
}
