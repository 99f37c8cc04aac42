using System.Buffers.Binary;

namespace BgpSharp.Cli.Decode.Input;

/// <summary>Reads fixed amounts from a stream and knows where it is.</summary>
internal sealed class OctetReader(Stream stream)
{
    /// <summary>How many octets have been taken.</summary>
    public long Position { get; private set; }

    /// <summary>Where the record lies that is being read: what a complaint about it names.</summary>
    public long RecordStart { get; private set; }

    /// <summary>Begins a record by filling the span; false at the very end of the stream.</summary>
    /// <exception cref="CorruptInputException">The stream ends within the span.</exception>
    public bool TryBegin(Span<byte> octets, string what)
    {
        RecordStart = Position;
        return TryFill(octets, what);
    }

    /// <summary>Fills the span, which must not be where the stream ends.</summary>
    /// <exception cref="CorruptInputException">The stream ends before or within the span.</exception>
    public void Fill(Span<byte> octets, string what)
    {
        if (octets.Length > 0 && !TryFill(octets, what))
        {
            throw new CorruptInputException(RecordStart, $"{what} is missing");
        }
    }

    /// <summary>Passes over octets.</summary>
    /// <exception cref="CorruptInputException">The stream ends before.</exception>
    public void Skip(long count, string what)
    {
        Span<byte> passed = stackalloc byte[1024];
        while (count > 0)
        {
            var part = passed[..(int)Math.Min(count, passed.Length)];
            Fill(part, what);
            count -= part.Length;
        }
    }

    public static uint ReadUInt32(ReadOnlySpan<byte> octets, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt32LittleEndian(octets);

    public static ushort ReadUInt16(ReadOnlySpan<byte> octets, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(octets) : BinaryPrimitives.ReadUInt16LittleEndian(octets);

    private bool TryFill(Span<byte> octets, string what)
    {
        var read = stream.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
        Position += read;
        return read == octets.Length || (read == 0
            ? false
            : throw new CorruptInputException(RecordStart, $"{what} is cut off: {read} of {octets.Length} octets"));
    }
}
