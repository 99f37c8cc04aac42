using BgpSharp.Cli.Decode.Input;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>pcapng: a sequence of blocks; sections describe their interfaces, packets name theirs.</summary>
internal sealed class PcapNgReader(Stream stream) : CaptureReader
{
    public const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const int BlockOverhead = 12;
    private const int MaximumOptionsLength = 1 << 20;
    private const int MaximumInterfaces = 65536;

    private readonly OctetReader _reader = new(stream);
    private readonly List<CaptureInterface> _interfaces = [];
    private bool _bigEndian;

    public override bool MoveNext()
    {
        Span<byte> header = stackalloc byte[8];
        while (true)
        {
            if (!_reader.TryBegin(header, "a block's header"))
            {
                return false;
            }

            var type = OctetReader.ReadUInt32(header, _bigEndian);
            if (type == SectionHeader)
            {
                ReadSectionHeader(header[4..]);
                continue;
            }

            var length = OctetReader.ReadUInt32(header[4..], _bigEndian);
            if (length < BlockOverhead || length % 4 != 0)
            {
                throw new CorruptInputException(_reader.RecordStart, $"a block of {length} octets");
            }

            var bodyLength = length - BlockOverhead;
            var isPacket = type switch
            {
                EnhancedPacket or ObsoletePacket => ReadPacket(bodyLength, type == ObsoletePacket),
                SimplePacket => ReadSimplePacket(bodyLength),
                _ => false,
            };
            if (type == InterfaceDescription)
            {
                ReadInterface(bodyLength);
            }
            else if (!isPacket)
            {
                _reader.Skip(bodyLength, "a block");
            }

            ReadTrailer(length);
            if (isPacket)
            {
                return true;
            }
        }
    }

    private void ReadSectionHeader(ReadOnlySpan<byte> lengthField)
    {
        Span<byte> magic = stackalloc byte[4];
        _reader.Fill(magic, "a section's header");
        _bigEndian = OctetReader.ReadUInt32(magic, bigEndian: true) == ByteOrderMagic;
        var length = OctetReader.ReadUInt32(lengthField, _bigEndian);
        if (OctetReader.ReadUInt32(magic, _bigEndian) != ByteOrderMagic || length < BlockOverhead + 4 || length % 4 != 0)
        {
            throw new CorruptInputException(_reader.RecordStart, "a section header without sense");
        }

        _interfaces.Clear();
        _reader.Skip(length - BlockOverhead - 4, "a section's header");
        ReadTrailer(length);
    }

    private void ReadInterface(uint bodyLength)
    {
        if (bodyLength is < 8 or > MaximumOptionsLength || _interfaces.Count == MaximumInterfaces)
        {
            throw new CorruptInputException(_reader.RecordStart, "an interface description without sense");
        }

        var body = Reserve((int)bodyLength);
        _reader.Fill(body, "an interface description");
        _interfaces.Add(CaptureInterface.Read(body, _bigEndian));
    }

    private bool ReadPacket(uint bodyLength, bool obsolete)
    {
        const int fixedLength = 20;
        Span<byte> header = stackalloc byte[fixedLength];
        if (bodyLength < fixedLength)
        {
            throw new CorruptInputException(_reader.RecordStart, $"a packet block of {bodyLength + BlockOverhead} octets");
        }

        _reader.Fill(header, "a packet's header");
        var index = obsolete ? OctetReader.ReadUInt16(header, _bigEndian) : OctetReader.ReadUInt32(header, _bigEndian);
        var captured = OctetReader.ReadUInt32(header[12..], _bigEndian);
        if (captured > MaximumPacketLength || captured > bodyLength - fixedLength)
        {
            throw new CorruptInputException(_reader.RecordStart, $"a packet of {captured} octets");
        }

        var of = Interface(index);
        var time = ((ulong)OctetReader.ReadUInt32(header[4..], _bigEndian) << 32) | OctetReader.ReadUInt32(header[8..], _bigEndian);
        Time = ToTime((ulong)Math.Max(0, (long)(time / of.FractionsPerSecond) + of.Offset), time % of.FractionsPerSecond, of.FractionsPerSecond);
        LinkType = of.LinkType;
        _reader.Fill(Reserve((int)captured), "a packet");
        _reader.Skip(bodyLength - fixedLength - captured, "a packet's options");
        return true;
    }

    private bool ReadSimplePacket(uint bodyLength)
    {
        Span<byte> original = stackalloc byte[4];
        if (bodyLength < original.Length)
        {
            throw new CorruptInputException(_reader.RecordStart, $"a packet block of {bodyLength + BlockOverhead} octets");
        }

        _reader.Fill(original, "a packet's header");
        var of = Interface(0);
        var room = bodyLength - (uint)original.Length;
        var captured = Math.Min(room, OctetReader.ReadUInt32(original, _bigEndian));
        captured = of.SnapLength == 0 ? captured : Math.Min(captured, of.SnapLength);
        if (captured > MaximumPacketLength)
        {
            throw new CorruptInputException(_reader.RecordStart, $"a packet of {captured} octets");
        }

        Time = null;
        LinkType = of.LinkType;
        _reader.Fill(Reserve((int)captured), "a packet");
        _reader.Skip(room - captured, "a packet");
        return true;
    }

    private CaptureInterface Interface(uint index) => index < _interfaces.Count
        ? _interfaces[(int)index]
        : throw new CorruptInputException(_reader.RecordStart, $"a packet of interface {index}, which is not described");

    private void ReadTrailer(uint length)
    {
        Span<byte> trailer = stackalloc byte[4];
        _reader.Fill(trailer, "the end of a block");
        var repeated = OctetReader.ReadUInt32(trailer, _bigEndian);
        if (repeated != length)
        {
            throw new CorruptInputException(_reader.RecordStart, $"a block whose two lengths differ: {length} and {repeated}");
        }
    }
}
