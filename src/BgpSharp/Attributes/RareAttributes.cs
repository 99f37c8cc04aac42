namespace BgpSharp;

/// <summary>
/// What few routes have, in an object of its own so that the many stay small. Which of the numbers are there is noted with
/// <see cref="BgpRouteAttributes"/>; one that is not has its default value.
/// </summary>
internal sealed class RareAttributes : IEquatable<RareAttributes>
{
    public static readonly RareAttributes None = new();

    public BgpIdentifier[] ClusterList = [];
    public ExtendedCommunity[] ExtendedCommunities = [];
    public Ipv6ExtendedCommunity[] Ipv6ExtendedCommunities = [];
    public LargeCommunity[] LargeCommunities = [];
    public RawPathAttribute[] Others = [];
    public Aggregator Aggregator;
    public BgpIdentifier OriginatorId;
    public Asn OnlyToCustomer;
    public ulong Aigp;
    public AddressBits LinkLocalNextHop;

    public RareAttributes Clone() => (RareAttributes)MemberwiseClone();

    public bool Equals(RareAttributes? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Aggregator == other.Aggregator
            && OriginatorId == other.OriginatorId
            && OnlyToCustomer == other.OnlyToCustomer
            && Aigp == other.Aigp
            && LinkLocalNextHop == other.LinkLocalNextHop
            && ClusterList.AsSpan().SequenceEqual(other.ClusterList)
            && ExtendedCommunities.AsSpan().SequenceEqual(other.ExtendedCommunities)
            && Ipv6ExtendedCommunities.AsSpan().SequenceEqual(other.Ipv6ExtendedCommunities)
            && LargeCommunities.AsSpan().SequenceEqual(other.LargeCommunities)
            && Others.AsSpan().SequenceEqual(other.Others));

    public override bool Equals(object? obj) => Equals(obj as RareAttributes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Aggregator);
        hash.Add(OriginatorId);
        hash.Add(OnlyToCustomer);
        hash.Add(Aigp);
        hash.Add(LinkLocalNextHop);
        AddAll(ref hash, ClusterList);
        AddAll(ref hash, ExtendedCommunities);
        AddAll(ref hash, Ipv6ExtendedCommunities);
        AddAll(ref hash, LargeCommunities);
        AddAll(ref hash, Others);
        return hash.ToHashCode();
    }

    private static void AddAll<T>(ref HashCode hash, T[] values)
    {
        hash.Add(values.Length);
        foreach (var value in values)
        {
            hash.Add(value);
        }
    }
}
