using System.Buffers.Binary;
using System.Net;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>One end of a TCP connection, without an object a packet.</summary>
/// <param name="Address">The address, an IPv4 one in the lower 32 bits.</param>
/// <param name="IsIpv4">Which family it is.</param>
/// <param name="Port">The port.</param>
internal readonly record struct TcpEnd(UInt128 Address, bool IsIpv4, ushort Port)
{
    public static TcpEnd Ipv4(ReadOnlySpan<byte> address, ushort port) => new(BinaryPrimitives.ReadUInt32BigEndian(address), true, port);

    public static TcpEnd Ipv6(ReadOnlySpan<byte> address, ushort port) => new(BinaryPrimitives.ReadUInt128BigEndian(address), false, port);

    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Address);
        return new IPEndPoint(new IPAddress(IsIpv4 ? octets[12..] : octets), Port);
    }
}
