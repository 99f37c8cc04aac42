namespace BgpSharp.Mrt;

/// <summary>Subtypes of <see cref="MrtType.TableDumpV2"/> (RFC 6396 §4.3, RFC 6397, RFC 8050 §4).</summary>
public enum TableDumpV2Subtype : ushort
{
    /// <summary>The peers that the RIB records refer to.</summary>
    PeerIndexTable = 1,

    /// <summary>Routes of an IPv4 unicast prefix.</summary>
    RibIpv4Unicast = 2,

    /// <summary>Routes of an IPv4 multicast prefix.</summary>
    RibIpv4Multicast = 3,

    /// <summary>Routes of an IPv6 unicast prefix.</summary>
    RibIpv6Unicast = 4,

    /// <summary>Routes of an IPv6 multicast prefix.</summary>
    RibIpv6Multicast = 5,

    /// <summary>Routes of any family, which the record names.</summary>
    RibGeneric = 6,

    /// <summary>Where the peers are (RFC 6397).</summary>
    GeoPeerTable = 7,

    /// <summary>Routes of an IPv4 unicast prefix, with path identifiers.</summary>
    RibIpv4UnicastAddPath = 8,

    /// <summary>Routes of an IPv4 multicast prefix, with path identifiers.</summary>
    RibIpv4MulticastAddPath = 9,

    /// <summary>Routes of an IPv6 unicast prefix, with path identifiers.</summary>
    RibIpv6UnicastAddPath = 10,

    /// <summary>Routes of an IPv6 multicast prefix, with path identifiers.</summary>
    RibIpv6MulticastAddPath = 11,

    /// <summary>Routes of any family, with path identifiers.</summary>
    RibGenericAddPath = 12,
}
