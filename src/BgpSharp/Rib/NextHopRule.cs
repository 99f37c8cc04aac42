using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Rib;

/// <summary>Which addresses may be named as the next hop of a route (RFC 4271 §5.1.3, §6.3).</summary>
internal static class NextHopRule
{
    /// <summary>What is wrong with a next hop, whoever the peer is; null: nothing.</summary>
    public static string? Problem(BgpFamily family, IPAddress nextHop)
    {
        if (nextHop.IsIPv4MappedToIPv6)
        {
            nextHop = nextHop.MapToIPv4();
        }

        var what = IPAddress.Any.Equals(nextHop) || IPAddress.IPv6Any.Equals(nextHop) ? "the unspecified address"
            : IPAddress.IsLoopback(nextHop) ? "a loopback address"
            : IsMulticast(nextHop) ? "a multicast address"
            : nextHop.IsIPv6LinkLocal && family == BgpFamily.Ipv4Unicast ? "a link-local address alone"
            : null;
        return what is null ? null : $"The next hop {nextHop} is {what}; allowed: a unicast address that peers can reach, or none for the session's own.";
    }

    /// <exception cref="ArgumentException">The route names a next hop that no peer could use.</exception>
    public static void ThrowIfUnusable(in BgpRoute route, string parameter)
    {
        if (route.Attributes.NextHop is { } nextHop && Problem(route.Prefix.Family, nextHop) is { } problem)
        {
            throw new ArgumentException($"{route.Prefix}: {problem}", parameter);
        }
    }

    private static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : address.GetAddressBytes()[0] is >= 224 and < 240;
}
