using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Which of a name's addresses become VIPs.</summary>
internal static class DnsChoice
{
    public static IReadOnlyList<IPAddress> Pick(IReadOnlyList<IPAddress> found, DnsMode mode)
    {
        var ipv4 = found.Where(address => address.AddressFamily == AddressFamily.InterNetwork).Take(1);
        var ipv6 = found.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6).Take(1);
        return mode switch
        {
            DnsMode.Ipv4 => [.. ipv4],
            DnsMode.Ipv6 => [.. ipv6],
            DnsMode.Dual => [.. ipv4, .. ipv6],
            _ => [.. found.Take(1)],
        };
    }
}
