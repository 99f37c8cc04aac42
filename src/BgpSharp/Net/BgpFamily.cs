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
    /// <returns>For example <c>ipv4-unicast</c>, <c>l2vpn-evpn</c> or <c>afi-1-safi-99</c>.</returns>
    public override string ToString() => (Afi, Safi) switch
    {
        (1, 1) => "ipv4-unicast",
        (2, 1) => "ipv6-unicast",
        (1, 2) => "ipv4-multicast",
        (2, 2) => "ipv6-multicast",
        (1, 4) => "ipv4-labeled-unicast",
        (2, 4) => "ipv6-labeled-unicast",
        (1, 5) => "ipv4-mcast-vpn",
        (2, 5) => "ipv6-mcast-vpn",
        (1, 73) => "ipv4-sr-policy",
        (2, 73) => "ipv6-sr-policy",
        (1, 128) => "ipv4-vpn",
        (2, 128) => "ipv6-vpn",
        (1, 129) => "ipv4-vpn-multicast",
        (2, 129) => "ipv6-vpn-multicast",
        (1, 132) => "route-target",
        (1, 133) => "ipv4-flowspec",
        (2, 133) => "ipv6-flowspec",
        (1, 134) => "ipv4-vpn-flowspec",
        (2, 134) => "ipv6-vpn-flowspec",
        (25, 65) => "l2vpn-vpls",
        (25, 70) => "l2vpn-evpn",
        (16388, 71) => "link-state",
        (16388, 72) => "link-state-vpn",
        _ => $"afi-{Afi}-safi-{Safi}",
    };
}
