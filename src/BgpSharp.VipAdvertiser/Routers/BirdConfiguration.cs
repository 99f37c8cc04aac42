using BgpSharp.Bfd;

namespace BgpSharp.VipAdvertiser.Routers;

/// <summary>What BIRD 2 needs for its session with this host, to be included in bird.conf.</summary>
internal static class BirdConfiguration
{
    public static IEnumerable<string> Make(RouterNeighbour neighbour)
    {
        yield return $"# BIRD on the router {neighbour.RouterAddress}, AS {neighbour.RouterAsn}: its neighbour {neighbour.HostAddress}, AS {neighbour.HostAsn}";
        foreach (var name in neighbour.Unresolved)
        {
            yield return $"# {name} is a name: when its address changes, so must the filter";
        }

        foreach (var line in neighbour.Families.SelectMany(Filter))
        {
            yield return line;
        }

        var name6 = neighbour.HostAddress.ToString().Replace('.', '_').Replace(':', '_').Replace('%', '_');
        yield return $"protocol bgp vip_{name6} {{";
        yield return $"  local {Bare(neighbour.RouterAddress)}{(neighbour.RouterPort == 179 ? string.Empty : $" port {neighbour.RouterPort}")} as {neighbour.RouterAsn.Value};";
        yield return $"  neighbor {neighbour.HostAddress} as {neighbour.HostAsn.Value};";
        yield return "  passive on;";
        yield return $"  hold time {neighbour.HoldSeconds};";
        yield return $"  keepalive time {neighbour.KeepaliveSeconds};";
        if (neighbour.HasPassword)
        {
            yield return "  password \"REPLACE-WITH-THE-PASSWORD\";";
        }

        foreach (var line in Distance(neighbour))
        {
            yield return line;
        }

        yield return neighbour.Bfd is null ? "  # bfd on;" : $"  bfd {{ {Timers(neighbour.Bfd)} }};";
        foreach (var family in neighbour.Families)
        {
            yield return $"  {Channel(family)} {{";
            yield return $"    import filter {FilterName(family)};";
            yield return "    export none;";
            yield return $"    import limit {family.MaximumPrefixes} action restart;";
            yield return "  };";
        }

        yield return "}";
        foreach (var line in Kernel(neighbour))
        {
            yield return line;
        }
    }

    /// <summary>BIRD acts on GRACEFUL_SHUTDOWN (RFC 8326) only when its filter does.</summary>
    private static IEnumerable<string> Filter(RouterFamily family)
    {
        yield return $"filter {FilterName(family)} {{";
        yield return $"  if net ~ [ {string.Join(", ", family.Prefixes)} ] then {{";
        yield return "    if (65535, 0) ~ bgp_community then bgp_local_pref = 0;";
        yield return "    accept;";
        yield return "  }";
        yield return "  reject;";
        yield return "}";
    }

    private static IEnumerable<string> Distance(RouterNeighbour neighbour)
    {
        if (neighbour.TtlSecurityHops is { } security)
        {
            if (security > 1)
            {
                yield return $"  multihop {security};";
            }

            yield return "  ttl security on;";
        }
        else if (neighbour.Hops is { } hops)
        {
            yield return $"  multihop {hops};";
        }
    }

    private static IEnumerable<string> Kernel(RouterNeighbour neighbour)
    {
        yield return "# Leave out what follows where the router has it already: once a router, not once a neighbour.";
        yield return "protocol device { }";
        yield return "protocol direct { ipv4; ipv6; }";
        if (neighbour.Bfd is not null)
        {
            yield return "protocol bfd { }";
        }

        foreach (var family in neighbour.Families)
        {
            yield return $"protocol kernel {{ {Channel(family)} {{ export where source = RTS_BGP; }}; merge paths on limit 8; }}";
        }
    }

    /// <summary>The router sends as often as the host takes, and the other way round.</summary>
    private static string Timers(BfdOptions bfd) =>
        $"min rx interval {bfd.TransmitInterval.TotalMilliseconds} ms; min tx interval {bfd.ReceiveInterval.TotalMilliseconds} ms; multiplier {bfd.DetectMultiplier};";

    private static string Channel(RouterFamily family) => family.IsIpv6 ? "ipv6" : "ipv4";

    private static string FilterName(RouterFamily family) => $"vip_in_{Channel(family)}";

    /// <summary>BIRD takes the interface of a link-local address from the neighbour's.</summary>
    private static string Bare(System.Net.IPAddress address) => address.ToString().Split('%')[0];
}
