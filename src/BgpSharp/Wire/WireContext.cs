using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>
/// What both sides agreed on, and what was configured, that changes how bytes are read and written. An argument of every
/// codec: codecs have no modes of their own. The default is an external session of two-octet AS numbers that agreed on
/// nothing and refuses no path.
/// </summary>
public readonly record struct WireContext
{
    private readonly int _beyondClassicLength;

    /// <summary>AS numbers in AS_PATH and AGGREGATOR have four octets (RFC 6793).</summary>
    public bool FourOctetAsn { get; init; }

    /// <summary>The peer is in our AS, which decides what attributes may be there (RFC 7606 §7).</summary>
    public bool IsInternal { get; init; }

    /// <summary>A path identifier is in front of each IPv4 unicast prefix (RFC 7911 §3).</summary>
    public bool AddPathIpv4Unicast { get; init; }

    /// <summary>A path identifier is in front of each IPv6 unicast prefix (RFC 7911 §3).</summary>
    public bool AddPathIpv6Unicast { get; init; }

    /// <summary>Treat routes as withdrawn whose AS path has an AS_SET or AS_CONFED_SET (RFC 9774 §3).</summary>
    public bool RefuseAsSets { get; init; }

    /// <summary>
    /// Treat routes as withdrawn whose AS path has a segment of a confederation the receiver is not in (RFC 5065 §5).
    /// </summary>
    public bool RefuseConfederationSegments { get; init; }

    /// <summary>
    /// Discard AIGP, as a session must where nobody enabled it: by default every one between two ASes (RFC 7311 §3.3).
    /// </summary>
    public bool RefuseAigp { get; init; }

    /// <summary>
    /// Where RFC 7606 leaves the choice between resetting the session and giving up one family, give up the family. For
    /// receivers that go on without it.
    /// </summary>
    public bool PreferDisableFamily { get; init; }

    /// <summary>The longest UPDATE that may be sent, header included: 4096 unless more was agreed (RFC 8654).</summary>
    public int MaximumMessageLength
    {
        get => WireLimits.MaximumMessageLength + _beyondClassicLength;
        init => _beyondClassicLength = value - WireLimits.MaximumMessageLength;
    }

    /// <summary>Whether a path identifier is in front of each prefix of a family.</summary>
    /// <param name="family">The family.</param>
    /// <returns>Whether there is one.</returns>
    public bool HasPathIds(BgpFamily family) => HasPathIds(family.Afi, family.Safi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasPathIds(ushort afi, byte safi) =>
        safi == 1 && ((afi == 1 && AddPathIpv4Unicast) || (afi == 2 && AddPathIpv6Unicast));
}
