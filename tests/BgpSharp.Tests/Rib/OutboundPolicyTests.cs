using System.Net;
using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

public sealed class OutboundPolicyTests
{
    private static readonly BgpRouteAttributes s_rich = new()
    {
        Origin = BgpOrigin.Incomplete,
        AsPath = new AsPath(65010),
        Med = 7,
        LocalPref = 300,
        Communities = [Community.NoExport],
        Others = [new RawPathAttribute(0xC0, 200, [1, 2])],
    };

    [Fact]
    public void An_external_peer_sees_our_AS_first_and_no_LOCAL_PREF()
    {
        var sent = RibSession.External.Apply(Vip(1), s_rich)!;
        sent.AsPath.Should().Be(new AsPath(65000, 65010));
        sent.LocalPref.Should().BeNull("LOCAL_PREF does not cross an AS border (RFC 4271 §5.1.5)");
        sent.NextHop.Should().Be(IPAddress.Parse("198.51.100.11"));
        (sent.Origin, sent.Med).Should().Be((BgpOrigin.Incomplete, 7u));
        sent.Communities.Should().Equal(Community.NoExport);
        sent.Others.Should().Equal(s_rich.Others);
    }

    [Fact]
    public void An_internal_peer_sees_the_AS_PATH_as_it_is_and_a_LOCAL_PREF_always()
    {
        var policy = Policy("198.51.100.11", remoteAsn: 65000);
        policy.Apply(Vip(1), Plain)!.AsPath.Should().Be(AsPath.Empty);
        policy.Apply(Vip(1), Plain)!.LocalPref.Should().Be(100);
        policy.Apply(Vip(1), s_rich)!.AsPath.Should().Be(new AsPath(65010));
        policy.Apply(Vip(1), s_rich)!.LocalPref.Should().Be(300);
    }

    [Fact]
    public void By_default_nothing_is_sent_that_would_make_announcers_differ()
    {
        var sent = RibSession.External.Apply(Vip(1), Plain)!;
        sent.Should().Be(new BgpRouteAttributes { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("198.51.100.11") });
    }

    [Theory]
    [InlineData("198.51.100.11", null, "203.0.113.10/32", "198.51.100.11")]
    [InlineData("::ffff:198.51.100.11", null, "203.0.113.10/32", "198.51.100.11")]
    [InlineData("198.51.100.11", "198.51.100.77", "203.0.113.10/32", "198.51.100.77")]
    [InlineData("2001:db8::11", null, "2001:db8:1::10/128", "2001:db8::11")]
    [InlineData("198.51.100.11", "2001:db8::11", "2001:db8:1::10/128", "2001:db8::11")]
    [InlineData("198.51.100.11", null, "2001:db8:1::10/128", null)]
    [InlineData("2001:db8::11", null, "203.0.113.10/32", null)]
    [InlineData("198.51.100.11", "2001:db8::11", "203.0.113.10/32", null)]
    [InlineData("198.51.100.11", "198.51.100.1", "203.0.113.10/32", null)]
    public void The_next_hop_is_the_routes_own_or_the_sessions_address_and_must_be_usable(
        string localAddress, string? routeNextHop, string prefix, string? expected)
    {
        var attributes = new BgpRouteAttributes { NextHop = routeNextHop is null ? null : IPAddress.Parse(routeNextHop) };
        var sent = Policy(localAddress).Apply(IpPrefix.Parse(prefix), attributes);
        sent?.NextHop?.ToString().Should().Be(expected);
        (sent is null).Should().Be(expected is null, "without a usable next hop the route is not sent");
    }

    [Fact]
    public void The_export_rule_sees_the_route_and_the_peer_and_has_the_word_before_the_AS_is_prepended()
    {
        BgpExportContext seen = default;
        var policy = RibSession.ExternalWith(context =>
        {
            seen = context;
            return context.Prefix == Vip(1) ? Med(42) : null;
        });

        policy.Apply(Vip(1), Plain)!.Med.Should().Be(42);
        policy.Apply(Vip(1), Plain)!.AsPath.Should().Be(new AsPath(65000));
        (seen.Prefix, seen.RemoteAsn, seen.IsInternal).Should().Be((Vip(1), (Asn)65001, false));
        seen.PeerAddress.Should().Be(IPAddress.Parse("198.51.100.1"));
        seen.Attributes.Should().BeSameAs(Plain);
        policy.Apply(Vip(2), Plain).Should().BeNull("the rule refused it");
    }

    private static OutboundPolicy Policy(string localAddress, uint remoteAsn = 65001) => new()
    {
        LocalAsn = 65000,
        RemoteAsn = remoteAsn,
        LocalAddress = IPAddress.Parse(localAddress),
        PeerAddress = IPAddress.Parse("198.51.100.1"),
    };
}
