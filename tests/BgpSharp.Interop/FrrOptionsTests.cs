using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>Needs neither root nor FRR.</summary>
public sealed class FrrOptionsTests
{
    [Fact]
    public void The_routers_configuration_is_that_of_the_scenario() =>
        FrrOptions.Router(masters: 3).ToConfiguration().Should().Be("""
            frr defaults traditional
            router bgp 65001
             bgp router-id 198.51.100.9
             no bgp ebgp-requires-policy
             no bgp hard-administrative-reset
             no bgp graceful-restart notification
             neighbor 198.51.100.11 remote-as 65000
             neighbor 198.51.100.12 remote-as 65000
             neighbor 198.51.100.13 remote-as 65000
             bgp bestpath as-path multipath-relax
             address-family ipv4 unicast
              maximum-paths 3
             exit-address-family

            """);

    [Fact]
    public void A_masters_configuration_announces_the_vip_whatever_the_kernel_has() =>
        (FrrOptions.Master(2, routerAsn: 65000) with { Timers = (3, 9), BgpLines = ["bgp log-neighbor-changes"] })
            .ToConfiguration().Should().Be("""
            frr defaults traditional
            router bgp 65000
             bgp router-id 198.51.100.12
             no bgp ebgp-requires-policy
             no bgp hard-administrative-reset
             no bgp graceful-restart notification
             no bgp network import-check
             timers bgp 3 9
             neighbor 198.51.100.9 remote-as 65000
             neighbor 198.51.100.9 timers connect 1
             bgp log-neighbor-changes
             address-family ipv4 unicast
              network 203.0.113.10/32
             exit-address-family

            """);
}
