using System.Net;
using BgpSharp.Rib;
using static BgpSharp.Tests.Rib.RibData;

namespace BgpSharp.Tests.Rib;

/// <summary>Random histories against a model: what the owners want, and peers that read the octets on their own.</summary>
public sealed class RandomRibTests
{
    private const int Prefixes = 60;

    private static readonly BgpFamily[] s_both = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast];
    private static readonly IPAddress s_nextHop6 = IPAddress.Parse("2001:db8::11");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_peer_ends_with_exactly_the_routes_of_the_table(int seed)
    {
        var random = new Random(seed);
        var routes = new LocalRoutes();
        RouteOwner[] owners = [routes.CreateOwner(), routes.CreateOwner(), routes.CreateOwner()];
        Dictionary<IpPrefix, BgpRouteAttributes>[] wanted = [[], [], []];
        List<RibSession> sessions = [];
        for (var step = 0; step < 2000; step++)
        {
            Step(random, routes, owners, wanted, sessions);
            routes.ActiveCount.Should().Be(Winners(wanted).Count, $"of step {step}");
            foreach (var session in sessions)
            {
                session.Rib.AdvertisedCount.Should().Be(session.Peer.Routes.Count, $"of step {step}");
                session.Rib.ExceptionCount.Should().BeLessThanOrEqualTo(routes.EntryCount, $"of step {step}");
            }
        }

        foreach (var session in sessions)
        {
            session.Drain();
            session.Peer.Routes.Should().BeEquivalentTo(Expected(wanted));
            session.Rib.ExceptionCount.Should().Be(session.Rib.RefusedCount, "a peer that has read everything differs by refusals only");
        }

        routes.TombstoneCount.Should().Be(0);
        foreach (var owner in owners)
        {
            routes.Clear(owner);
        }

        foreach (var session in sessions)
        {
            session.Drain();
            session.Peer.Routes.Should().BeEmpty();
            session.Rib.ExceptionCount.Should().Be(0);
        }

        routes.EntryCount.Should().Be(0);
    }

    private static void Step(
        Random random,
        LocalRoutes routes,
        RouteOwner[] owners,
        Dictionary<IpPrefix, BgpRouteAttributes>[] wanted,
        List<RibSession> sessions)
    {
        var who = random.Next(owners.Length);
        var prefix = RandomPrefix(random);
        switch (random.Next(20))
        {
            case < 7:
                var attributes = RandomAttributes(random);
                var isNew = !wanted[who].TryGetValue(prefix, out var before) || !before.Equals(attributes);
                routes.Announce(owners[who], prefix, attributes).Should().Be(isNew);
                wanted[who][prefix] = attributes;
                break;
            case < 13:
                routes.Withdraw(owners[who], prefix).Should().Be(wanted[who].Remove(prefix));
                break;
            case 13:
                wanted[who] = [];
                for (var count = random.Next(Prefixes); count > 0; count--)
                {
                    wanted[who][RandomPrefix(random)] = RandomAttributes(random);
                }

                routes.Replace(owners[who], wanted[who].Select(route => new BgpRoute(route.Key, route.Value)));
                break;
            case 14 when random.Next(4) == 0:
                routes.Clear(owners[who]).Should().Be(wanted[who].Count > 0);
                wanted[who].Clear();
                break;
            case 15 when sessions.Count < 4:
                sessions.Add(new RibSession(routes, RibSession.ExternalWith(Export), s_both, maximumMessageLength: 128));
                break;
            case 16 when sessions.Count > 0 && random.Next(4) == 0:
                End(sessions, sessions[random.Next(sessions.Count)], random);
                break;
            case 17 when sessions.Count > 0 && random.Next(4) == 0:
                sessions[random.Next(sessions.Count)].Rib.Resend(s_both[random.Next(2)], marked: random.Next(2) == 0);
                break;
            case > 17 when sessions.Count > 0:
                sessions[random.Next(sessions.Count)].Flush(random.Next(192, 400));
                break;
        }
    }

    private static void End(List<RibSession> sessions, RibSession session, Random random)
    {
        sessions.Remove(session);
        if (random.Next(2) == 0)
        {
            session.Rib.WithdrawAll();
            session.Drain();
            session.Peer.Routes.Should().BeEmpty();
        }

        session.Detach();
    }

    private static BgpRouteAttributes? Export(BgpExportContext context) =>
        context.Attributes.Med == 4 || (context.Attributes.Med == 3 && context.Prefix.Address.GetAddressBytes()[^1] % 2 == 0) ? null : context.Attributes;

    private static IpPrefix RandomPrefix(Random random)
    {
        var index = random.Next(Prefixes);
        return index < Prefixes / 2 ? Vip(index) : Vip6(index);
    }

    // Where no next hop is named, the IPv6 prefixes are refused; where one is, the IPv4 prefixes are.
    private static BgpRouteAttributes RandomAttributes(Random random) =>
        new() { Med = (uint)random.Next(5), NextHop = random.Next(3) == 0 ? s_nextHop6 : null };

    private static Dictionary<IpPrefix, BgpRouteAttributes> Winners(Dictionary<IpPrefix, BgpRouteAttributes>[] wanted)
    {
        Dictionary<IpPrefix, BgpRouteAttributes> winners = [];
        foreach (var (prefix, attributes) in wanted.SelectMany(routes => routes))
        {
            winners.TryAdd(prefix, attributes);
        }

        return winners;
    }

    private static Dictionary<IpPrefix, ModelRoute> Expected(Dictionary<IpPrefix, BgpRouteAttributes>[] wanted)
    {
        var policy = RibSession.ExternalWith(Export);
        Dictionary<IpPrefix, ModelRoute> expected = [];
        foreach (var (prefix, attributes) in Winners(wanted))
        {
            if (policy.Apply(prefix, attributes) is { } sent)
            {
                expected.Add(prefix, new ModelRoute(sent.NextHop, sent.Med, sent.LocalPref));
            }
        }

        return expected;
    }
}
