using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>sockaddr_nl with port id 0: chosen by the kernel.</summary>
/// <param name="groups">RTMGRP_ values of the multicast groups to hear.</param>
internal sealed class NetlinkEndPoint(uint groups = 0) : EndPoint
{
    private const int Length = 12, GroupsAt = 8;

    public override SocketAddress Serialize()
    {
        var address = new SocketAddress(AddressFamily.Unspecified, Length);
        Span<byte> bytes = address.Buffer.Span;
        bytes.Clear();
        MemoryMarshal.Write(bytes, (ushort)AddressFamilyNumber.Netlink);
        MemoryMarshal.Write(bytes[GroupsAt..], groups);
        return address;
    }
}
