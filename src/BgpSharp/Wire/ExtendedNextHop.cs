namespace BgpSharp.Wire;

/// <summary>A family whose next hops may be of another address family (RFC 8950 §4).</summary>
/// <param name="Afi">The AFI of the prefixes: 1 IPv4.</param>
/// <param name="Safi">The SAFI of the prefixes: 1 unicast.</param>
/// <param name="NextHopAfi">The AFI of the next hops: 2 IPv6.</param>
public readonly record struct ExtendedNextHop(ushort Afi, byte Safi, ushort NextHopAfi)
{
    /// <summary>The family and its next hops.</summary>
    /// <returns>For example <c>ipv4-unicast over ipv6</c>.</returns>
    public override string ToString() =>
        $"{new BgpFamily(Afi, Safi)} over {NextHopAfi switch { 1 => "ipv4", 2 => "ipv6", _ => $"afi-{NextHopAfi}" }}";
}
