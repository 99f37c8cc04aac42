namespace BgpSharp.Wire;

/// <summary>A checked field of prefixes; empty for a family whose prefixes are not read here.</summary>
internal readonly ref struct PrefixField
{
    public PrefixField(ReadOnlySpan<byte> octets, BgpFamily family)
    {
        IsV4 = family == BgpFamily.Ipv4Unicast;
        Octets = IsV4 || family == BgpFamily.Ipv6Unicast ? octets : default;
    }

    public ReadOnlySpan<byte> Octets { get; }

    public bool IsV4 { get; }
}
