using System.Buffers.Binary;
using System.Net;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>One side of a TCP connection, as packets made by hand; it keeps the sequence number.</summary>
internal sealed class PacketBuilder(string source, int sourcePort, string destination, int destinationPort, uint sequence = 1000)
{
    public const byte Fin = 1;
    public const byte Syn = 2;
    public const byte Reset = 4;
    public const byte Ack = 16;

    public uint Sequence { get; set; } = sequence;

    /// <summary>The first packet of the connection.</summary>
    public byte[] Open(byte flags = Syn) => Ether(Ip(Tcp(Sequence++, flags, 0, [])));

    /// <summary>A segment with the next octets.</summary>
    public byte[] Send(params byte[] payload)
    {
        var packet = At(Sequence, payload);
        Sequence += (uint)payload.Length;
        return packet;
    }

    /// <summary>A segment at any place; the sequence number stays where it is.</summary>
    public byte[] At(uint sequence, params byte[] payload) => Ether(Ip(Tcp(sequence, Ack, 0, payload)));

    /// <summary>A segment without payload.</summary>
    public byte[] Bare(byte flags, uint acknowledgement = 0) => Ether(Ip(Tcp(Sequence, flags, acknowledgement, [])));

    /// <summary>The IP packet alone.</summary>
    public byte[] SendIp(params byte[] payload)
    {
        var packet = Ip(Tcp(Sequence, Ack, 0, payload));
        Sequence += (uint)payload.Length;
        return packet;
    }

    public static byte[] Ether(byte[] ip) => [.. new byte[12], .. EtherType(ip), .. ip];

    public static byte[] EtherType(byte[] ip) => (ip[0] >> 4) == 4 ? [0x08, 0x00] : [0x86, 0xDD];

    private byte[] Ip(byte[] tcp)
    {
        var from = IPAddress.Parse(source).GetAddressBytes();
        var to = IPAddress.Parse(destination).GetAddressBytes();
        if (from.Length == 16)
        {
            return [0x60, 0, 0, 0, (byte)(tcp.Length >> 8), (byte)tcp.Length, 6, 64, .. from, .. to, .. tcp];
        }

        var length = 20 + tcp.Length;
        return [0x45, 0, (byte)(length >> 8), (byte)length, 0, 0, 0x40, 0, 64, 6, 0, 0, .. from, .. to, .. tcp];
    }

    private byte[] Tcp(uint sequence, byte flags, uint acknowledgement, byte[] payload)
    {
        var header = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), acknowledgement);
        header[12] = 0x50;
        header[13] = flags;
        return [.. header, .. payload];
    }
}
