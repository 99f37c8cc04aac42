using System.Net;
using BgpSharp.Rib;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;
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
    public void Leaving_adds_GRACEFUL_SHUTDOWN_once_and_the_least_LOCAL_PREF_within_the_AS()
    {
        var within = Policy("198.51.100.11", remoteAsn: 65000).Rewrite(BgpFamily.Ipv4Unicast, s_rich, new Leaving(Med: null))!;
        within.LocalPref.Should().Be(0, "RFC 8326 recommends the lowest");
        within.Communities.Should().Equal(Community.NoExport, Community.GracefulShutdown);
        var beyond = RibSession.External.Rewrite(BgpFamily.Ipv4Unicast, within, new Leaving(Med: null))!;
        beyond.LocalPref.Should().BeNull();
        beyond.Communities.Should().Equal(Community.NoExport, Community.GracefulShutdown);
    }

    [Theory]
    [InlineData(null, 100u, 100u, "it has none, which is the best")]
    [InlineData(7u, 100u, 100u, "100 is worse")]
    [InlineData(200u, 100u, 200u, "its own is worse already")]
    [InlineData(7u, null, 7u, "nothing is said of it")]
    [InlineData(null, 0u, null, "none is as good as 0")]
    public void Leaving_never_makes_a_MED_better(uint? own, uint? leaving, uint? expected, string because)
    {
        RibSession.External.Rewrite(BgpFamily.Ipv4Unicast, new BgpRouteAttributes { Med = own }, new Leaving(leaving))!.Med.Should().Be(expected, because);
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

    [Theory]
    [InlineData(65000)]
    [InlineData(65001)]
    public void Of_attributes_of_a_peer_that_nobody_here_knows_the_transitive_ones_go_on_as_Partial(uint remoteAsn)
    {
        const string unknown = "C0 63 02 0102" + "80 64 01 03" + "E0 65 00" + "C8 66 01 04";
        var body = UpdateVectors.Body("", UpdateVectors.Mandatory + UpdateVectors.LocalPref + unknown, "18 CB0071");
        var received = UpdateVectors.Read(body, UpdateVectors.Internal).Attributes!;
        received.Others.Should().HaveCount(4, "what is not known is kept");

        var sent = Policy("198.51.100.12", remoteAsn).Apply(Vip(1), received)!;

        sent.Others.Should().Equal(
            [new(0xE0, 99, [1, 2]), new(0xE0, 101, []), new(0xE8, 102, [4])],
            "those that are not transitive end here, the others keep their octets (RFC 4271 §5)");
        EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, sent, UpdateVectors.External).Block.ToArray()
            .Should().EndWith(Hex.Bytes("E0 63 02 0102  E0 65 00  E8 66 01 04"));
        Policy("198.51.100.12", remoteAsn).Apply(Vip(1), new BgpRouteAttributes { Others = received.Others })!.Others
            .Should().Equal(received.Others, "what a user gives is the user's to mark");
    }

    [Fact]
    public void AIGP_stays_within_the_AS_with_all_its_TLVs()
    {
        var attributes = new BgpRouteAttributes { AigpTlvs = new byte[] { 7, 0, 3 } };
        Policy("198.51.100.11").Apply(Vip(1), attributes)!.AigpTlvs.Length.Should().Be(0);
        Policy("198.51.100.11", remoteAsn: 65000).Apply(Vip(1), attributes)!.AigpTlvs.ToArray().Should().Equal(7, 0, 3);
    }

    private static OutboundPolicy Policy(string localAddress, uint remoteAsn = 65001) => new()
    {
        LocalAsn = 65000,
        RemoteAsn = remoteAsn,
        LocalAddress = IPAddress.Parse(localAddress),
        PeerAddress = IPAddress.Parse("198.51.100.1"),
    };
}
