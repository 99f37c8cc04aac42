namespace BgpSharp;

/// <summary>Path attribute type codes (IANA's registry) and what the library does with them.</summary>
internal static class AttributeType
{
    public const byte Origin = 1;
    public const byte AsPath = 2;
    public const byte NextHop = 3;
    public const byte Med = 4;
    public const byte LocalPref = 5;
    public const byte AtomicAggregate = 6;
    public const byte Aggregator = 7;
    public const byte Communities = 8;
    public const byte OriginatorId = 9;
    public const byte ClusterList = 10;
    public const byte MpReach = 14;
    public const byte MpUnreach = 15;
    public const byte As4Path = 17;
    public const byte As4Aggregator = 18;

    /// <summary>Whether <see cref="BgpRouteAttributes"/> or the route itself holds what is in the attribute.</summary>
    public static bool IsInterpreted(byte type) => type
        is Origin or AsPath or NextHop or Med or LocalPref or Communities or MpReach or MpUnreach or As4Path;

    /// <summary>The Optional and Transitive bits the attribute must have; null for a type not known here.</summary>
    public static byte? RequiredFlags(byte type) => type switch
    {
        Origin or AsPath or NextHop or LocalPref or AtomicAggregate => AttributeFlags.Transitive,
        Med or OriginatorId or ClusterList or MpReach or MpUnreach => AttributeFlags.Optional,
        Aggregator or Communities or As4Path or As4Aggregator => AttributeFlags.Optional | AttributeFlags.Transitive,
        _ => null,
    };

    public static string Name(byte type) => type switch
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
        As4Path => "AS4_PATH",
        As4Aggregator => "AS4_AGGREGATOR",
        _ => $"attribute {type}",
    };
}
