namespace BgpSharp;

/// <summary>Path attribute type codes (IANA's registry).</summary>
public static class AttributeType
{
    /// <summary>ORIGIN (RFC 4271 §5.1.1).</summary>
    public const byte Origin = 1;

    /// <summary>AS_PATH (RFC 4271 §5.1.2).</summary>
    public const byte AsPath = 2;

    /// <summary>NEXT_HOP (RFC 4271 §5.1.3).</summary>
    public const byte NextHop = 3;

    /// <summary>MULTI_EXIT_DISC (RFC 4271 §5.1.4).</summary>
    public const byte Med = 4;

    /// <summary>LOCAL_PREF (RFC 4271 §5.1.5).</summary>
    public const byte LocalPref = 5;

    /// <summary>ATOMIC_AGGREGATE (RFC 4271 §5.1.6).</summary>
    public const byte AtomicAggregate = 6;

    /// <summary>AGGREGATOR (RFC 4271 §5.1.7).</summary>
    public const byte Aggregator = 7;

    /// <summary>COMMUNITIES (RFC 1997).</summary>
    public const byte Communities = 8;

    /// <summary>ORIGINATOR_ID (RFC 4456).</summary>
    public const byte OriginatorId = 9;

    /// <summary>CLUSTER_LIST (RFC 4456).</summary>
    public const byte ClusterList = 10;

    /// <summary>MP_REACH_NLRI (RFC 4760 §3).</summary>
    public const byte MpReach = 14;

    /// <summary>MP_UNREACH_NLRI (RFC 4760 §4).</summary>
    public const byte MpUnreach = 15;

    /// <summary>EXTENDED COMMUNITIES (RFC 4360).</summary>
    public const byte ExtendedCommunities = 16;

    /// <summary>AS4_PATH (RFC 6793).</summary>
    public const byte As4Path = 17;

    /// <summary>AS4_AGGREGATOR (RFC 6793).</summary>
    public const byte As4Aggregator = 18;

    /// <summary>IPv6 Address Specific Extended Community (RFC 5701).</summary>
    public const byte Ipv6ExtendedCommunities = 25;

    /// <summary>AIGP (RFC 7311).</summary>
    public const byte Aigp = 26;

    /// <summary>LARGE_COMMUNITY (RFC 8092).</summary>
    public const byte LargeCommunities = 32;

    /// <summary>ONLY_TO_CUSTOMER (RFC 9234).</summary>
    public const byte OnlyToCustomer = 35;

    // By type: the Optional and Transitive bits the attribute must have; 0 for a type not known here.
    private static ReadOnlySpan<byte> FlagsByType =>
    [
        0, 0x40, 0x40, 0x40, 0x80, 0x40, 0x40, 0xC0, 0xC0, 0x80, 0x80, 0, 0, 0, 0x80, 0x80,
        0xC0, 0xC0, 0xC0, 0, 0, 0, 0, 0, 0, 0xC0, 0x80, 0, 0, 0, 0, 0,
        0xC0, 0, 0, 0xC0,
    ];

    /// <summary>The attribute's name in the registry.</summary>
    /// <param name="type">The type code.</param>
    /// <returns>For example <c>ORIGIN</c>; <c>attribute 99</c> for one the library has no name for.</returns>
    public static string NameOf(byte type) => type switch
    {
        Origin => "ORIGIN",
        AsPath => "AS_PATH",
        NextHop => "NEXT_HOP",
        Med => "MULTI_EXIT_DISC",
        LocalPref => "LOCAL_PREF",
        AtomicAggregate => "ATOMIC_AGGREGATE",
        Aggregator => "AGGREGATOR",
        Communities => "COMMUNITIES",
        OriginatorId => "ORIGINATOR_ID",
        ClusterList => "CLUSTER_LIST",
        MpReach => "MP_REACH_NLRI",
        MpUnreach => "MP_UNREACH_NLRI",
        ExtendedCommunities => "EXTENDED COMMUNITIES",
        As4Path => "AS4_PATH",
        As4Aggregator => "AS4_AGGREGATOR",
        Ipv6ExtendedCommunities => "IPv6 EXTENDED COMMUNITIES",
        Aigp => "AIGP",
        LargeCommunities => "LARGE_COMMUNITY",
        OnlyToCustomer => "ONLY_TO_CUSTOMER",
        11 => "DPA",
        12 => "ADVERTISER",
        13 => "RCID_PATH",
        20 => "CONNECTOR",
        21 => "AS_PATHLIMIT",
        22 => "PMSI_TUNNEL",
        23 => "TUNNEL_ENCAPSULATION",
        24 => "TRAFFIC_ENGINEERING",
        27 => "PE_DISTINGUISHER_LABELS",
        29 => "BGP-LS",
        33 => "BGPsec_PATH",
        36 => "D-PATH",
        37 => "SFP",
        38 => "BFD_DISCRIMINATOR",
        40 => "PREFIX-SID",
        128 => "ATTR_SET",
        _ => $"attribute {type}",
    };

    /// <summary>Whether <see cref="BgpRouteAttributes"/> or the route itself holds what is in the attribute.</summary>
    internal static bool IsInterpreted(byte type) => type
        is (>= Origin and <= ClusterList) or MpReach or MpUnreach or ExtendedCommunities or As4Path or As4Aggregator
        or Ipv6ExtendedCommunities or Aigp or LargeCommunities or OnlyToCustomer;

    /// <summary>The Optional and Transitive bits the attribute must have; 0 for a type not known here.</summary>
    internal static byte RequiredFlags(byte type) => type < FlagsByType.Length ? FlagsByType[type] : (byte)0;
}
