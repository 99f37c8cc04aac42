using System.Net;
using BgpSharp.Tests.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Routers;

namespace BgpSharp.Tests.VipAdvertiser.Routers;

/// <summary>What routers are to be told, as text; that they take it is tested with the routers themselves.</summary>
public sealed class RouterConfigurationTests : ConfigurationReading
{
    private static readonly IPAddress HostAddress = IPAddress.Parse("198.51.100.11");

    [Fact]
    public void FRR_has_policy_limit_timers_and_paths_for_an_external_session()
    {
        Frr().Should().Equal(
            "! FRR on the router 198.51.100.1, AS 65001: its neighbour 198.51.100.11, AS 65000",
            "ip prefix-list BGPSHARP-VIP seq 5 permit 203.0.113.10/32",
            "route-map BGPSHARP-VIP-IN permit 10",
            " match ip address prefix-list BGPSHARP-VIP",
            "exit",
            "route-map BGPSHARP-VIP-OUT deny 10",
            "exit",
            "router bgp 65001",
            " neighbor 198.51.100.11 remote-as 65000",
            " neighbor 198.51.100.11 description bgpsharp-vip",
            " neighbor 198.51.100.11 passive",
            " neighbor 198.51.100.11 timers 3 9",
            " ! neighbor 198.51.100.11 bfd",
            " address-family ipv4 unicast",
            "  maximum-paths 8",
            "  neighbor 198.51.100.11 activate",
            "  neighbor 198.51.100.11 route-map BGPSHARP-VIP-IN in",
            "  neighbor 198.51.100.11 route-map BGPSHARP-VIP-OUT out",
            "  neighbor 198.51.100.11 maximum-prefix 10 restart 1",
            " exit-address-family",
            "exit");
    }

    [Fact]
    public void FRR_has_both_families_where_VIPs_are_of_both_and_names_are_what_they_are_now()
    {
        var lines = Frr(["203.0.113.20", "2001:db8::20"], "--vip", "203.0.113.10,2001:db8::10,vip.example");

        lines.Should().ContainInOrder(
            "! vip.example is a name: when its address changes, so must the prefix list",
            "ip prefix-list BGPSHARP-VIP seq 5 permit 203.0.113.10/32",
            "ip prefix-list BGPSHARP-VIP seq 10 permit 203.0.113.20/32",
            "ipv6 prefix-list BGPSHARP-VIP seq 5 permit 2001:db8::10/128",
            "ipv6 prefix-list BGPSHARP-VIP seq 10 permit 2001:db8::20/128",
            "route-map BGPSHARP-VIP-IN permit 20",
            " match ipv6 address prefix-list BGPSHARP-VIP",
            " address-family ipv4 unicast",
            " address-family ipv6 unicast");
    }

    [Fact]
    public void FRR_has_the_timers_of_BFD_the_other_way_round()
    {
        var lines = Frr([], "--peers:0:bfd:transmitInterval=50", "--peers:0:bfd:receiveInterval=100", "--peers:0:bfd:multiplier=4");

        lines.Should().ContainInConsecutiveOrder(
            "bfd", " profile bgpsharp-vip", "  detect-multiplier 4", "  transmit-interval 100", "  receive-interval 50", " exit", "exit");
        lines.Should().Contain(" neighbor 198.51.100.11 bfd profile bgpsharp-vip");
        Frr([], "--peers:0:bfd:multiplier=1").Should().Contain("  detect-multiplier 2", "FRR takes no less");
    }

    [Fact]
    public void BIRD_has_the_timers_of_BFD_the_other_way_round()
    {
        var lines = Bird("--peers:0:bfd:transmitInterval=50", "--peers:0:bfd:receiveInterval=100", "--peers:0:bfd:multiplier=4");

        lines.Should().Contain("  bfd { min rx interval 50 ms; min tx interval 100 ms; multiplier 4; };").And.Contain("protocol bfd { }");
    }

    [Theory]
    [InlineData("--peers:0:ttl=50", " neighbor 198.51.100.11 ebgp-multihop 50")]
    [InlineData("--peers:0:ttlSecurityHops=2", " neighbor 198.51.100.11 ttl-security hops 2")]
    [InlineData("--peers:0:password=s3cret", " neighbor 198.51.100.11 password REPLACE-WITH-THE-PASSWORD")]
    [InlineData("--peers:0:as=65000", "  maximum-paths ibgp 8")]
    [InlineData("--peers:0:keepaliveInterval=2", " neighbor 198.51.100.11 timers 2 9")]
    [InlineData("--peers:0:keepaliveInterval=10", " neighbor 198.51.100.11 timers 3 9")]
    [InlineData("--peers:0:port=1179", "! bgpd has to listen on port 1179: bgpd_options=\"... -p 1179\" in /etc/frr/daemons")]
    public void FRR_has_a_line_for_what_the_peer_has(string argument, string line)
    {
        Frr([], argument).Should().Contain(line).And.NotContain(other => other.Contains("s3cret"));
        Frr().Where(other => other != " neighbor 198.51.100.11 timers 3 9").Should().NotContain(line);
    }

    [Fact]
    public void BIRD_has_a_filter_that_knows_GRACEFUL_SHUTDOWN_and_the_session()
    {
        Bird().Should().Equal(
            "# BIRD on the router 198.51.100.1, AS 65001: its neighbour 198.51.100.11, AS 65000",
            "filter vip_in_ipv4 {",
            "  if net ~ [ 203.0.113.10/32 ] then {",
            "    if (65535, 0) ~ bgp_community then bgp_local_pref = 0;",
            "    accept;",
            "  }",
            "  reject;",
            "}",
            "protocol bgp vip_198_51_100_11 {",
            "  local 198.51.100.1 as 65001;",
            "  neighbor 198.51.100.11 as 65000;",
            "  passive on;",
            "  hold time 9;",
            "  keepalive time 3;",
            "  # bfd on;",
            "  ipv4 {",
            "    import filter vip_in_ipv4;",
            "    export none;",
            "    import limit 10 action restart;",
            "  };",
            "}",
            "# Leave out what follows where the router has it already: once a router, not once a neighbour.",
            "protocol device { }",
            "protocol direct { ipv4; ipv6; }",
            "protocol kernel { ipv4 { export where source = RTS_BGP; }; merge paths on limit 8; }");
    }

    [Theory]
    [InlineData("--peers:0:ttl=50", "  multihop 50;")]
    [InlineData("--peers:0:ttlSecurityHops=1", "  ttl security on;")]
    [InlineData("--peers:0:ttlSecurityHops=2", "  multihop 2;")]
    [InlineData("--peers:0:password=s3cret", "  password \"REPLACE-WITH-THE-PASSWORD\";")]
    [InlineData("--peers:0:port=1179", "  local 198.51.100.1 port 1179 as 65001;")]
    [InlineData("--vip=2001:db8::10", "  if net ~ [ 2001:db8::10/128 ] then {")]
    public void BIRD_has_a_line_for_what_the_peer_has(string argument, string line)
    {
        Bird(argument).Should().Contain(line).And.NotContain(other => other.Contains("s3cret"));
        Bird().Should().NotContain(line);
    }

    private List<string> Frr(string[]? resolved = null, params string[] arguments) => [.. FrrConfiguration.Make(Neighbour(resolved ?? [], arguments))];

    private List<string> Bird(params string[] arguments) => [.. BirdConfiguration.Make(Neighbour([], arguments))];

    private RouterNeighbour Neighbour(string[] resolved, string[] arguments)
    {
        var options = ReadGood(Least, arguments);
        return RouterNeighbour.Make(options, options.Peers[0], HostAddress, [.. resolved.Select(IPAddress.Parse)]);
    }
}
