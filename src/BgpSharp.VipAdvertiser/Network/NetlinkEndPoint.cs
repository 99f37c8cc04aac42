using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>sockaddr_nl with port id 0 (chosen by the kernel).</summary>
/// <param name="groups">The multicast groups to receive, one bit each.</param>
internal sealed class NetlinkEndPoint(uint groups = 0) : EndPoint
{
    private const int Length = 12, GroupsOffset = 8;

    public override SocketAddress Serialize()
    {
        var address = new SocketAddress(AddressFamily.Unspecified, Length);
        MemoryMarshal.Write(address.Buffer.Span, (ushort)AddressFamilyNumber.Netlink);
        MemoryMarshal.Write(address.Buffer.Span[GroupsOffset..], groups);
        return address;
    }
}
