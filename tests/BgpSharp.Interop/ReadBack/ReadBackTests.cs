using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.ReadBack;

/// <summary>What a speaker of this library announces is read back from a router's own output.</summary>
/// <param name="lab">The router.</param>
/// <param name="expected">What it shows, by the names of <see cref="SentRoutes"/>.</param>
/// <param name="nextHopPair">How it shows the next hops 2001:db8::11 and fe80::11.</param>
public abstract class ReadBackTests(ReadBackLab lab, IReadOnlyDictionary<string, Shown> expected, string nextHopPair)
{
    private const int MaximumMessageLength = 4096, TypeOffset = 18, Update = 2;

    /// <summary>The names of <see cref="SentRoutes"/> that go over these sessions, but for those withheld.</summary>
    private protected static TheoryData<string> Names(IReadOnlyDictionary<string, string> withheld, params SessionKind[] sessions) =>
        [.. sessions.SelectMany(SentRoutes.Of).Select(route => route.Name).Where(name => !withheld.ContainsKey(name))];

    private protected async Task IsShownAsync(string name)
    {
        await lab.ReadyAsync();
        var route = SentRoutes.Find(name);
        expected.Should().ContainKey(name, "every route is either shown or there is a reason why not");
        foreach (var family in lab.FamiliesOf(route.Over))
        {
            var shown = await lab.WaitForAsync(SentRoutes.PrefixOf(name, family), route.Over);

            shown.Attributes.Should().Be(expected[name].Attributes, "{0} route: {1}", family, expected[name].NotShown);
            shown.NextHop.Should().Be(
                $"{(family == BgpFamily.Ipv4Unicast ? LabTopology.MasterAddress((int)route.Over) : ReadBackLab.MasterV6(route.Over))}");
        }
    }

    [Fact]
    public async Task A_withdrawn_route_is_gone_and_the_others_stay()
    {
        await lab.ReadyAsync();
        foreach (var session in lab.Sessions)
        {
            var before = lab.Peer(session).Session;
            using var routes = lab.Speaker(session).CreateRouteSet();
            foreach (var family in lab.FamiliesOf(session))
            {
                var prefix = IpPrefix.Parse(family == BgpFamily.Ipv4Unicast ? "203.0.113.128/25" : "2001:db8:ffff::/48");
                routes.Announce(new BgpRoute(prefix, ReadBackLab.For(new(), family, session)));
                await lab.WaitForAsync(prefix, session);

                routes.Withdraw(prefix);

                await lab.WaitForNoneAsync(prefix, session);
                await lab.WaitForCountAsync(family, session, lab.RoutesOf(session).Count());
            }
            lab.Peer(session).Session.Should().BeSameAs(before, "a withdrawal leaves the session up");
        }
    }

    [Fact]
    public async Task A_route_announced_again_has_its_new_attributes()
    {
        await lab.ReadyAsync();
        var (prefix, session) = (IpPrefix.Parse("203.0.113.128/26"), SessionKind.External);
        using var routes = lab.Speaker(session).CreateRouteSet();
        routes.Announce(new BgpRoute(prefix, new() { Origin = BgpOrigin.Egp, Communities = [new(65000, 100)] }));
        await lab.WaitForAsync(prefix, session);

        routes.Announce(new BgpRoute(prefix));

        await lab.WaitForAsync(prefix, session, expected["origin igp"].Attributes);
    }

    [Fact]
    public async Task A_link_local_next_hop_goes_beside_the_global_one()
    {
        await lab.ReadyAsync();
        const SessionKind session = SessionKind.External;
        var prefix = IpPrefix.Parse("2001:db8:fffd::/48");
        using var routes = lab.Speaker(session).CreateRouteSet();
        var linkLocal = ReadBackLab.MasterLinkLocal(session);

        routes.Announce(new BgpRoute(prefix, new() { NextHop = ReadBackLab.MasterV6(session), LinkLocalNextHop = linkLocal }));

        (await lab.WaitForAsync(prefix, session)).NextHop.Should().Be(nextHopPair);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_of_4096_octets_is_taken_with_all_its_prefixes(bool isIpv6)
    {
        await lab.ReadyAsync();
        const SessionKind session = SessionKind.External;
        var (family, prefixes, communities) = isIpv6 ? FullIpv6() : FullIpv4();
        var attributes = new BgpRouteAttributes { Communities = [.. Enumerable.Range(1, communities).Select(i => new Community(65000, (ushort)i))] };
        foreach (var any in lab.FamiliesOf(session))
        {
            // What the test before withdrew at its end is not to be taken for a message of this one.
            await lab.WaitForCountAsync(any, session, lab.RoutesOf(session).Count());
        }
        var sentBefore = lab.Sent(session).Count;
        using var routes = lab.Speaker(session).CreateRouteSet();

        routes.Announce(prefixes, ReadBackLab.For(attributes, family, session));

        await lab.WaitForCountAsync(family, session, lab.RoutesOf(session).Count() + prefixes.Length);
        lab.Sent(session).Skip(sentBefore).Where(message => message[TypeOffset] == Update).Select(message => message.Length)
            .Should().Equal([MaximumMessageLength], "all prefixes fit one message to the octet");

        routes.Replace([]);

        await lab.WaitForCountAsync(family, session, lab.RoutesOf(session).Count());
    }

    [Fact]
    public async Task The_router_finds_nothing_wrong()
    {
        await lab.ReadyAsync();

        lab.Complaints().Should().BeEmpty();
        foreach (var session in lab.Sessions)
        {
            lab.Peer(session).GetStatistics().SessionsEstablished.Should().Be(1, "the {0} session was never reset", session);
        }
    }

    // 23 octets for header and lengths, 20 for ORIGIN, AS_PATH and NEXT_HOP, 4 + 4 * 536 for COMMUNITIES, 5 for each prefix:
    // 381 that 203.0.113.64/26, .128/26 and .192/26 have in them. The lower quarter is that of SentRoutes.
    private static (BgpFamily Family, IpPrefix[] Prefixes, int Communities) FullIpv4()
    {
        var prefixes =
            from quarter in Enumerable.Range(1, 3)
            from length in Enumerable.Range(26, 7)
            from number in Enumerable.Range(0, 1 << (length - 26))
            select IpPrefix.Create(new IPAddress([203, 0, 113, (byte)((quarter << 6) + (number << (32 - length)))]), length);
        return (BgpFamily.Ipv4Unicast, [.. prefixes], 536);
    }

    // 23 octets for header and lengths, 25 for MP_REACH_NLRI before its prefixes, 13 for ORIGIN and AS_PATH,
    // 9 for each of 447 x /64, 12 for one /88.
    private static (BgpFamily Family, IpPrefix[] Prefixes, int Communities) FullIpv6()
    {
        var prefixes = Enumerable.Range(0, 447).Select(i => IpPrefix.Parse($"2001:db8:fffe:{i:x}::/64"));
        return (BgpFamily.Ipv6Unicast, [.. prefixes, IpPrefix.Parse("2001:db8:ffff:1:2::/88")], 0);
    }
}
