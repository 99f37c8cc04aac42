using BgpSharp.Bfd;

namespace BgpSharp.VipAdvertiser.Routers;

/// <summary>What FRR needs for its session with this host, to be read by vtysh or as a part of frr.conf.</summary>
internal static class FrrConfiguration
{
    private const string BfdProfile = "bgpsharp-vip";

    // FRR takes no less.
    private const int LeastMultiplier = 2;

    private const string In = "BGPSHARP-VIP-IN", Out = "BGPSHARP-VIP-OUT", List = "BGPSHARP-VIP";

    public static IEnumerable<string> Make(RouterNeighbour neighbour)
    {
        var host = neighbour.HostAddress;
        yield return $"! FRR on the router {neighbour.RouterAddress}, AS {neighbour.RouterAsn}: its neighbour {host}, AS {neighbour.HostAsn}";
        foreach (var name in neighbour.Unresolved)
        {
            yield return $"! {name} is a name: when its address changes, so must the prefix list";
        }

        if (neighbour.RouterPort != 179)
        {
            yield return $"! bgpd has to listen on port {neighbour.RouterPort}: bgpd_options=\"... -p {neighbour.RouterPort}\" in /etc/frr/daemons";
        }

        foreach (var line in PrefixLists(neighbour).Concat(RouteMaps(neighbour)))
        {
            yield return line;
        }

        if (neighbour.Bfd is { } bfd)
        {
            foreach (var line in Profile(bfd))
            {
                yield return line;
            }
        }

        yield return $"router bgp {neighbour.RouterAsn}";
        yield return $" neighbor {host} remote-as {neighbour.HostAsn}";
        yield return $" neighbor {host} description bgpsharp-vip";
        yield return $" neighbor {host} passive";
        yield return $" neighbor {host} timers {neighbour.KeepaliveSeconds} {neighbour.HoldSeconds}";
        if (neighbour.HasPassword)
        {
            yield return $" neighbor {host} password REPLACE-WITH-THE-PASSWORD";
        }

        if (neighbour.TtlSecurityHops is { } security)
        {
            yield return $" neighbor {host} ttl-security hops {security}";
        }
        else if (neighbour.Hops is { } hops)
        {
            yield return $" neighbor {host} ebgp-multihop {hops}";
        }

        yield return neighbour.Bfd is null ? $" ! neighbor {host} bfd" : $" neighbor {host} bfd profile {BfdProfile}";
        foreach (var family in neighbour.Families)
        {
            yield return $" address-family {(family.IsIpv6 ? "ipv6" : "ipv4")} unicast";
            yield return neighbour.IsInternal ? "  maximum-paths ibgp 8" : "  maximum-paths 8";
            yield return $"  neighbor {host} activate";
            yield return $"  neighbor {host} route-map {In} in";
            yield return $"  neighbor {host} route-map {Out} out";
            yield return $"  neighbor {host} maximum-prefix {family.MaximumPrefixes} restart 1";
            yield return " exit-address-family";
        }

        yield return "exit";
    }

    /// <summary>The router sends as often as the host takes, and the other way round.</summary>
    private static IEnumerable<string> Profile(BfdOptions bfd)
    {
        yield return "! BFD needs bfdd: bfdd=yes in /etc/frr/daemons";
        yield return "bfd";
        yield return $" profile {BfdProfile}";
        yield return $"  detect-multiplier {Math.Max(bfd.DetectMultiplier, LeastMultiplier)}";
        yield return $"  transmit-interval {bfd.ReceiveInterval.TotalMilliseconds}";
        yield return $"  receive-interval {bfd.TransmitInterval.TotalMilliseconds}";
        yield return " exit";
        yield return "exit";
    }

    private static IEnumerable<string> PrefixLists(RouterNeighbour neighbour) => neighbour.Families.SelectMany(family =>
        family.Prefixes.Select((prefix, index) => $"{(family.IsIpv6 ? "ipv6" : "ip")} prefix-list {List} seq {5 * (index + 1)} permit {prefix}"));

    private static IEnumerable<string> RouteMaps(RouterNeighbour neighbour)
    {
        for (var i = 0; i < neighbour.Families.Count; i++)
        {
            yield return $"route-map {In} permit {10 * (i + 1)}";
            yield return $" match {(neighbour.Families[i].IsIpv6 ? "ipv6" : "ip")} address prefix-list {List}";
            yield return "exit";
        }

        yield return $"route-map {Out} deny 10";
        yield return "exit";
    }
}
