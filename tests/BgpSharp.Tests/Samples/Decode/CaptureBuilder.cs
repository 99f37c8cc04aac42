using System.Buffers.Binary;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>Makes capture files by hand: classic pcap or pcapng, any link type, one packet a second.</summary>
internal sealed class CaptureBuilder(int linkType = CaptureBuilder.Ethernet)
{
    public const int Ethernet = 1;

    private readonly List<byte[]> _packets = [];

    /// <summary>2026-01-02T03:04:05Z; each packet is a second later than the one before.</summary>
    private const uint FirstSecond = 1767323045;

    public CaptureBuilder Add(byte[] packet)
    {
        _packets.Add(packet);
        return this;
    }

    public byte[] ToPcap(bool bigEndian = false, bool nanoseconds = false)
    {
        var file = new MemoryStream();
        Write32(file, nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4, bigEndian);
        Write16(file, 2, bigEndian);
        Write16(file, 4, bigEndian);
        Write32(file, 0, bigEndian);
        Write32(file, 0, bigEndian);
        Write32(file, 65535, bigEndian);
        Write32(file, (uint)linkType, bigEndian);
        foreach (var (index, packet) in _packets.Index())
        {
            Write32(file, FirstSecond + (uint)index, bigEndian);
            Write32(file, nanoseconds ? 250_000_000u : 250_000, bigEndian);
            Write32(file, (uint)packet.Length, bigEndian);
            Write32(file, (uint)packet.Length, bigEndian);
            file.Write(packet);
        }

        return file.ToArray();
    }

    /// <summary>A section, an interface with nanoseconds as its unit, and the packets as enhanced packet blocks.</summary>
    public byte[] ToPcapNg(bool bigEndian = false)
    {
        var file = new MemoryStream();
        Block(file, 0x0A0D0D0A, bigEndian, body =>
        {
            Write32(body, 0x1A2B3C4D, bigEndian);
            Write16(body, 1, bigEndian);
            Write16(body, 0, bigEndian);
            body.Write([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        });
        Block(file, 1, bigEndian, body =>
        {
            Write16(body, (ushort)linkType, bigEndian);
            Write16(body, 0, bigEndian);
            Write32(body, 0, bigEndian);
            Write16(body, 9, bigEndian);
            Write16(body, 1, bigEndian);
            body.Write([9, 0, 0, 0]);
            Write32(body, 0, bigEndian);
        });

        // Name resolution: a block nobody needs.
        Block(file, 4, bigEndian, body => Write32(body, 0, bigEndian));
        foreach (var (index, packet) in _packets.Index())
        {
            var time = ((FirstSecond + (ulong)index) * 1_000_000_000) + 250_000_000;
            Block(file, 6, bigEndian, body =>
            {
                Write32(body, 0, bigEndian);
                Write32(body, (uint)(time >> 32), bigEndian);
                Write32(body, (uint)time, bigEndian);
                Write32(body, (uint)packet.Length, bigEndian);
                Write32(body, (uint)packet.Length, bigEndian);
                body.Write(packet);
            });
        }

        return file.ToArray();
    }

    private static void Block(MemoryStream file, uint type, bool bigEndian, Action<MemoryStream> write)
    {
        var body = new MemoryStream();
        write(body);
        while (body.Length % 4 != 0)
        {
            body.WriteByte(0);
        }

        Write32(file, type, bigEndian);
        Write32(file, (uint)body.Length + 12, bigEndian);
        file.Write(body.ToArray());
        Write32(file, (uint)body.Length + 12, bigEndian);
    }

    private static void Write32(MemoryStream file, uint value, bool bigEndian)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        file.Write(octets);
    }

    private static void Write16(MemoryStream file, ushort value, bool bigEndian)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(octets, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        file.Write(octets);
    }
}
