using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>sockaddr_nl with port id 0 (chosen by the kernel) and no multicast groups.</summary>
internal sealed class NetlinkEndPoint : EndPoint
{
    private const int Length = 12;

    public override SocketAddress Serialize()
    {
        var address = new SocketAddress(AddressFamily.Unspecified, Length);
        MemoryMarshal.Write(address.Buffer.Span, (ushort)AddressFamilyNumber.Netlink);
        return address;
    }
}
