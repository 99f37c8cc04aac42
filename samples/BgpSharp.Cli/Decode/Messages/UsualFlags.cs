namespace BgpSharp.Cli.Decode.Messages;

/// <summary>The flags an attribute of a type always has; others are worth a word.</summary>
internal static class UsualFlags
{
    /// <summary>Whether a type has such flags.</summary>
    public static bool Are(byte type) => Of(type) is not null;

    public static bool Has(PathAttributeView attribute) => Shown(attribute) == Of(attribute.Type);

    /// <summary>Whether they are the usual ones, and a router that does not know the attribute passed it on.</summary>
    public static bool HasButPartial(PathAttributeView attribute) => Of(attribute.Type) is { } usual && Shown(attribute) == (usual | AttributeFlags.Partial);

    // Extended Length says how the length is written, nothing about the attribute.
    private static int Shown(PathAttributeView attribute) => attribute.Flags & ~AttributeFlags.ExtendedLength;

    private static int? Of(byte type) => type switch
    {
        AttributeType.Origin or AttributeType.AsPath or AttributeType.NextHop or AttributeType.LocalPref or AttributeType.AtomicAggregate => AttributeFlags.Transitive,
        AttributeType.Med or AttributeType.OriginatorId or AttributeType.ClusterList or AttributeType.MpReach or AttributeType.MpUnreach or AttributeType.Aigp => AttributeFlags.Optional,
        AttributeType.Aggregator or AttributeType.Communities or AttributeType.ExtendedCommunities or AttributeType.As4Path or AttributeType.As4Aggregator
            or AttributeType.Ipv6ExtendedCommunities or AttributeType.LargeCommunities or AttributeType.OnlyToCustomer => AttributeFlags.Optional | AttributeFlags.Transitive,
        _ => null,
    };
}
