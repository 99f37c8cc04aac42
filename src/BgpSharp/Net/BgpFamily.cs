namespace BgpSharp;

/// <summary>An address family: AFI and SAFI (RFC 4760).</summary>
/// <param name="Afi">The address family identifier: 1 IPv4, 2 IPv6.</param>
/// <param name="Safi">The subsequent address family identifier: 1 unicast.</param>
public readonly record struct BgpFamily(ushort Afi, byte Safi)
{
    /// <summary>IPv4 unicast, AFI 1 SAFI 1.</summary>
    public static readonly BgpFamily Ipv4Unicast = new(1, 1);

    /// <summary>IPv6 unicast, AFI 2 SAFI 1.</summary>
    public static readonly BgpFamily Ipv6Unicast = new(2, 1);

    /// <summary>The family's name, or its numbers where the library has no name for it.</summary>
    /// <returns>For example <c>ipv4-unicast</c> or <c>afi-25-safi-70</c>.</returns>
    public override string ToString() => (Afi, Safi) switch
    {
        (1, 1) => "ipv4-unicast",
        (2, 1) => "ipv6-unicast",
        _ => $"afi-{Afi}-safi-{Safi}",
    };
}
