using System.Net;
using BgpSharp.Transport;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>The next hop of routes that name none, a family at a time (RFC 2545), and the next hops nobody may name.</summary>
public sealed class NextHopTests
{
    private static readonly IpPrefix s_vip6 = IpPrefix.Parse("2001:db8:1::10/128");
    private static readonly BgpCapability[] s_bothFamilies =
        [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast)];

    [Theory]
    [InlineData(null)]
    [InlineData("fe80::11")]
    public async Task An_IPv6_route_on_an_IPv4_session_has_the_addresses_of_the_interface(string? linkLocal)
    {
        await using var fixture = SpeakerFixture.Create();
        var addresses = new BgpInterfaceAddresses
        {
            Ipv4 = IPAddress.Parse("198.51.100.11"),
            Ipv6 = IPAddress.Parse("2001:db8::11"),
            LinkLocal = linkLocal is null ? null : IPAddress.Parse(linkLocal),
        };

        var attributes = await SentAttributesAsync(fixture, () => addresses);

        attributes.NextHop.Should().Be(IPAddress.Parse("2001:db8::11"));
        attributes.LinkLocalNextHop?.ToString().Should().Be(linkLocal, "it goes along where the peer is on the link (RFC 2545 §3)");
        fixture.Speaker.Peers.Single().GetStatistics().PrefixesWithheld.Should().Be(0);
    }

    [Fact]
    public async Task Without_such_an_address_the_route_stays_here_and_the_log_says_so_once()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce([s_vip6, IpPrefix.Parse("2001:db8:1::11/128")]);
        fixture.Speaker.Routes.Announce(new BgpRoute(s_vip6, new BgpRouteAttributes { Med = 1 }));
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));

        var (peer, router) = await EstablishAsync(fixture, () => new BgpInterfaceAddresses { Ipv4 = IPAddress.Parse("198.51.100.11") });

        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle(route => route.Prefix == SpeakerFixture.Vip, "the other family is sent");
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesWithheld == 2, "the peer's state says so");
        peer.GetStatistics().PrefixesAdvertised.Should().Be(1);
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("next hop", StringComparison.Ordinal))
            .Which.Should().ContainAll("198.51.100.9", "198.51.100.11", "ipv6-unicast");
    }

    [Fact]
    public async Task An_interface_that_cannot_be_looked_up_is_logged_and_costs_the_session_nothing()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce([s_vip6, SpeakerFixture.Vip]);

        var (_, router) = await EstablishAsync(fixture, () => throw new IOException("no netlink"));

        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle(route => route.Prefix == SpeakerFixture.Vip);
        fixture.Logs.Lines.Should().Contain(line => line.Contains("interface of 198.51.100.11", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_that_names_the_peer_stays_here_and_the_log_says_why()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { NextHop = SpeakerFixture.RouterAddress }));

        var (peer, router) = await fixture.EstablishAsync();

        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull("nothing is sent before it");
        peer.GetStatistics().PrefixesWithheld.Should().Be(1);
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("198.51.100.9 is the peer itself", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("203.0.113.10/32", "0.0.0.0")]
    [InlineData("203.0.113.10/32", "127.0.0.1")]
    [InlineData("203.0.113.10/32", "224.0.0.5")]
    [InlineData("203.0.113.10/32", "fe80::1")]
    [InlineData("2001:db8:1::10/128", "::")]
    [InlineData("2001:db8:1::10/128", "::1")]
    [InlineData("2001:db8:1::10/128", "ff02::5")]
    [InlineData("2001:db8:1::10/128", "::ffff:127.0.0.1")]
    public async Task A_next_hop_that_no_peer_could_use_is_refused_by_name(string prefix, string nextHop)
    {
        await using var fixture = SpeakerFixture.Create();
        var routes = fixture.Speaker.Routes;
        var route = new BgpRoute(IpPrefix.Parse(prefix), new BgpRouteAttributes { NextHop = IPAddress.Parse(nextHop) });

        Action[] ways = [() => routes.Announce(route), () => routes.Announce([route.Prefix], route.Attributes), () => routes.Replace([route])];

        foreach (var way in ways)
        {
            way.Should().Throw<ArgumentException>().WithMessage($"{prefix}: The next hop *{nextHop.Replace("::ffff:", "", StringComparison.Ordinal)} is *");
        }

        routes.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("198.51.100.9", 25, true)]
    [InlineData("198.51.100.129", 25, false)]
    [InlineData("198.51.100.129", 24, true)]
    [InlineData("2001:db8::9", 25, false)]
    [InlineData("203.0.113.1", 0, true)]
    public void A_peer_is_on_the_link_when_the_subnet_has_it(string peer, int length, bool expected) =>
        InterfaceLookup.IsWithin(IPAddress.Parse(peer), IPAddress.Parse("198.51.100.11"), length).Should().Be(expected);

    [Fact]
    public void The_system_tells_the_interface_of_an_address() => InterfaceLookup.Find(IPAddress.Loopback, IPAddress.Loopback)
        .Should().NotBeNull("lo has it").And.Match<BgpInterfaceAddresses>(found => found.Ipv4 == null || !IPAddress.IsLoopback(found.Ipv4));

    private static async Task<BgpRouteAttributes> SentAttributesAsync(SpeakerFixture fixture, Func<BgpInterfaceAddresses?> addresses)
    {
        fixture.Speaker.Routes.Announce(new BgpRoute(s_vip6));
        var (_, router) = await EstablishAsync(fixture, addresses);
        return (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle(route => route.Prefix == s_vip6).Which.Attributes;
    }

    private static Task<(BgpPeer Peer, ScriptedPeer Router)> EstablishAsync(SpeakerFixture fixture, Func<BgpInterfaceAddresses?> addresses)
    {
        fixture.Network.Wrap = connection => new WrappedConnection(connection) { Interface = addresses };
        var options = new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Active,
            Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
        };
        return fixture.EstablishAsync(options, more: s_bothFamilies);
    }
}
