using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Linux's AF_ numbers; .NET's own differ for IPv6.</summary>
internal static class AddressFamilyNumber
{
    public const byte Inet = 2, Inet6 = 10, Netlink = 16;

    public static byte Of(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => Inet,
        AddressFamily.InterNetworkV6 => Inet6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 or IPv6"),
    };
}
