using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Which of a name's addresses become VIPs.</summary>
internal static class DnsChoice
{
    /// <summary>What an answer is worth: each address once, IPv4 as IPv4, and nothing that no router could lead here.</summary>
    public static IReadOnlyList<IPAddress> Usable(IEnumerable<IPAddress> answer) =>
        [.. answer.Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).Where(IsRoutable).Distinct()];

    /// <param name="found">The name's addresses; their order means nothing to DNS, which may turn it at every answer.</param>
    /// <param name="mode">Which are wanted.</param>
    /// <param name="known">Those chosen before, which stay chosen as long as the name has them.</param>
    public static IReadOnlyList<IPAddress> Pick(IReadOnlyList<IPAddress> found, DnsMode mode, IReadOnlyList<IPAddress> known)
    {
        IPAddress[] ordered = [.. known.Intersect(found), .. found.Except(known)];
        var ipv4 = ordered.Where(address => address.AddressFamily == AddressFamily.InterNetwork).Take(1);
        var ipv6 = ordered.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6).Take(1);
        return mode switch
        {
            DnsMode.Ipv4 => [.. ipv4],
            DnsMode.Ipv6 => [.. ipv6],
            DnsMode.Dual => [.. ipv4, .. ipv6],
            _ => [.. ordered.Take(1)],
        };
    }

    private static bool IsRoutable(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes() is [> 0 and not 127 and < 224, ..] and not [169, 254, ..]
        : !(address.Equals(IPAddress.IPv6Any) || IPAddress.IsLoopback(address) || address.IsIPv6Multicast || address.IsIPv6LinkLocal);
}
