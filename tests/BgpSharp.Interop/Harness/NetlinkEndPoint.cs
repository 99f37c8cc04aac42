using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Interop.Harness;

/// <summary>struct sockaddr_nl: the multicast groups a netlink socket listens to.</summary>
internal sealed class NetlinkEndPoint(uint groups) : EndPoint
{
    internal const int Family = 16;
    private const int Size = 12;

    public override SocketAddress Serialize()
    {
        var address = new SocketAddress(AddressFamily.Unspecified, Size);
        var bytes = address.Buffer.Span[..Size];
        bytes.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Family);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], groups);
        return address;
    }
}
