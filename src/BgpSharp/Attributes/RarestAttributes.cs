namespace BgpSharp;

/// <summary>What hardly any route has.</summary>
internal sealed class RarestAttributes : IEquatable<RarestAttributes>
{
    public static readonly RarestAttributes None = new();

    public BgpIdentifier[] ClusterList = [];
    public ExtendedCommunity[] ExtendedCommunities = [];
    public Ipv6ExtendedCommunity[] Ipv6ExtendedCommunities = [];
    public LargeCommunity[] LargeCommunities = [];
    public RawPathAttribute[] Others = [];
    public byte[] AigpTlvs = [];
    public ulong Aigp;

    public RarestAttributes Clone() => (RarestAttributes)MemberwiseClone();

    public bool Equals(RarestAttributes? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Aigp == other.Aigp
            && AigpTlvs.AsSpan().SequenceEqual(other.AigpTlvs)
            && ClusterList.AsSpan().SequenceEqual(other.ClusterList)
            && ExtendedCommunities.AsSpan().SequenceEqual(other.ExtendedCommunities)
            && Ipv6ExtendedCommunities.AsSpan().SequenceEqual(other.Ipv6ExtendedCommunities)
            && LargeCommunities.AsSpan().SequenceEqual(other.LargeCommunities)
            && Others.AsSpan().SequenceEqual(other.Others));

    public override bool Equals(object? obj) => Equals(obj as RarestAttributes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Aigp);
        hash.AddBytes(AigpTlvs);
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
