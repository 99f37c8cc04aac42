using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

internal static class IPAddressExtensions
{
    /// <summary>The IPv6 scope id; zero for IPv4, whose property throws.</summary>
    public static long ScopeIdOrZero(this IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
