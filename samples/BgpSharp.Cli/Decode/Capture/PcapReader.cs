using BgpSharp.Cli.Decode.Input;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>The classic pcap file: a header, then packets, in the byte order of the machine that wrote them.</summary>
internal sealed class PcapReader : CaptureReader
{
    private const int HeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    private readonly OctetReader _reader;
    private readonly bool _bigEndian;
    private readonly uint _fractionsPerSecond;

    /// <exception cref="CorruptInputException">The header is cut off.</exception>
    public PcapReader(Stream stream)
    {
        _reader = new OctetReader(stream);
        Span<byte> header = stackalloc byte[HeaderLength];
        _reader.Fill(header, "the header of the capture");
        _bigEndian = OctetReader.ReadUInt32(header, bigEndian: true) is Microseconds or Nanoseconds;
        _fractionsPerSecond = OctetReader.ReadUInt32(header, _bigEndian) == Nanoseconds ? 1_000_000_000u : 1_000_000;

        // The upper bits say whether there is a checksum behind the packets.
        LinkType = (LinkType)(OctetReader.ReadUInt32(header[20..], _bigEndian) & 0x0FFF_FFFF);
    }

    public static bool IsOne(ReadOnlySpan<byte> start) => start.Length >= 4
        && (OctetReader.ReadUInt32(start, bigEndian: true) is Microseconds or Nanoseconds
            || OctetReader.ReadUInt32(start, bigEndian: false) is Microseconds or Nanoseconds);

    public override bool MoveNext()
    {
        Span<byte> header = stackalloc byte[RecordHeaderLength];
        if (!_reader.TryBegin(header, "a packet's header"))
        {
            return false;
        }

        var captured = OctetReader.ReadUInt32(header[8..], _bigEndian);
        if (captured > MaximumPacketLength)
        {
            throw new CorruptInputException(_reader.RecordStart, $"a packet of {captured} octets");
        }

        Time = ToTime(OctetReader.ReadUInt32(header, _bigEndian), OctetReader.ReadUInt32(header[4..], _bigEndian), _fractionsPerSecond);
        _reader.Fill(Reserve((int)captured), "a packet");
        return true;
    }
}
