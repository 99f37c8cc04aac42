using System.Net;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>Routes with path identifiers (RFC 7911) and with the next hops MP_REACH_NLRI can have, octet for octet.</summary>
public sealed class RouteEncodingTests
{
    private const string Reach4 = "90 0E";
    private const string Global = "20010DB8000000000000000000000011";
    private const string LinkLocal = "FE800000000000000000000000000011";

    private static readonly WireContext s_addPath = External with { AddPathIpv4Unicast = true, AddPathIpv6Unicast = true };
    private static readonly IpPrefix s_prefix4 = IpPrefix.Parse("203.0.113.0/24");
    private static readonly IpPrefix s_prefix6 = IpPrefix.Parse("2001:db8::/32");
    private static readonly BgpRouteAttributes s_v4 = new() { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("198.51.100.11") };
    private static readonly BgpRouteAttributes s_v6 = new() { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("2001:db8::11") };

    private readonly byte[] _message = new byte[WireLimits.MaximumMessageLength];

    [Fact]
    public void Path_identifiers_are_in_front_of_IPv4_prefixes()
    {
        BgpPath[] paths = [new(s_prefix4, 1), new(s_prefix4, 0xFFFFFFFF)];
        Announced(BgpFamily.Ipv4Unicast, s_v4, paths, s_addPath).Should().Equal(Body("", Mandatory, "00000001 18 CB0071  FFFFFFFF 18 CB0071"));
        Withdrawn(BgpFamily.Ipv4Unicast, paths, s_addPath).Should().Equal(Body("00000001 18 CB0071  FFFFFFFF 18 CB0071", "", ""));
    }

    [Fact]
    public void Path_identifiers_are_in_front_of_IPv6_prefixes()
    {
        BgpPath[] paths = [new(s_prefix6, 1), new(s_prefix6, 2)];
        Announced(BgpFamily.Ipv6Unicast, s_v6, paths, s_addPath).Should().Equal(Body(
            "", Reach4 + "0027 0002 01 10" + Global + "00  00000001 20 20010DB8  00000002 20 20010DB8" + Origin + Via65000, ""));
        Withdrawn(BgpFamily.Ipv6Unicast, paths, s_addPath).Should().Equal(Body("", "90 0F 0015 0002 01  00000001 20 20010DB8  00000002 20 20010DB8", ""));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void One_family_may_have_path_identifiers_and_the_other_not(bool addPath4, bool addPath6)
    {
        var context = External with { AddPathIpv4Unicast = addPath4, AddPathIpv6Unicast = addPath6 };
        BgpPath path4 = new(s_prefix4, addPath4 ? 7 : null), path6 = new(s_prefix6, addPath6 ? 7 : null);
        Read(Announced(BgpFamily.Ipv4Unicast, s_v4, [path4], context), context).Announced.Should().Equal(new BgpRoute(s_prefix4, s_v4, path4.PathId));
        Read(Announced(BgpFamily.Ipv6Unicast, s_v6, [path6], context), context).Announced.Should().Equal(new BgpRoute(s_prefix6, s_v6, path6.PathId));
        var wrong = () => UpdateWriter.WriteWithdrawals(_message, BgpFamily.Ipv4Unicast, [new BgpPath(s_prefix4, addPath4 ? null : 7u)], context, out _);
        wrong.Should().Throw<ArgumentException>("path identifiers are as agreed on").WithMessage("*path identifiers*");
    }

    [Fact]
    public void IPv4_prefixes_go_over_an_IPv6_next_hop() =>
        Announced(BgpFamily.Ipv4Unicast, s_v6, [s_prefix4], External).Should().Equal(Body(
            "", Reach4 + "0019 0001 01 10" + Global + "00 18 CB0071" + Origin + Via65000, ""), "RFC 8950 §3");

    [Theory]
    [InlineData("203.0.113.0/24", "002D", "0001 01", "00000007 18 CB0071")]
    [InlineData("2001:db8::/32", "002E", "0002 01", "00000007 20 20010DB8")]
    public void A_link_local_address_goes_with_the_global_one(string prefix, string length, string family, string nlri)
    {
        var attributes = new BgpRouteAttributes(s_v6) { LinkLocalNextHop = IPAddress.Parse("fe80::11") };
        var path = new BgpPath(IpPrefix.Parse(prefix), 7);
        var body = Announced(path.Prefix.Family, attributes, [path], s_addPath);
        body.Should().Equal(Body("", Reach4 + length + family + "20" + Global + LinkLocal + "00" + nlri + Origin + Via65000, ""), "RFC 2545 §3, RFC 8950 §3");
        Read(body, s_addPath).Announced.Should().Equal(new BgpRoute(path.Prefix, attributes, 7));
    }

    private byte[] Announced(BgpFamily family, BgpRouteAttributes attributes, BgpPath[] paths, WireContext context)
    {
        var length = UpdateWriter.WriteAnnouncements(_message, family, attributes, paths, context, out var taken);
        taken.Should().Be(paths.Length);
        return _message[19..length];
    }

    private byte[] Withdrawn(BgpFamily family, BgpPath[] paths, WireContext context)
    {
        var length = UpdateWriter.WriteWithdrawals(_message, family, paths, context, out var taken);
        taken.Should().Be(paths.Length);
        return _message[19..length];
    }
}
