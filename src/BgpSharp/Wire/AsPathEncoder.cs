using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// Writes AS_PATH, and on a session of two-octet AS numbers AS4_PATH beside it when a number needs four (RFC 6793 §4.2.2).
/// </summary>
internal readonly ref struct AsPathEncoder
{
    private const int SegmentHeader = 2;

    private readonly AsPath _path;
    private readonly int _asnOctets;

    public AsPathEncoder(AsPath path, bool fourOctetAsn)
    {
        _path = path;
        _asnOctets = fourOctetAsn ? 4 : 2;
        foreach (var segment in path)
        {
            Length += EncodedLength(segment, _asnOctets);
            if (!fourOctetAsn && !segment.IsConfederation)
            {
                As4Length += EncodedLength(segment, 4);
                NeedsAs4Path |= segment.Numbers.ContainsAnyExceptInRange(0u, ushort.MaxValue);
            }
        }
    }

    /// <summary>The length of AS_PATH's value.</summary>
    public int Length { get; }

    /// <summary>The length of AS4_PATH's value, which leaves out confederation segments; 0 where there is none.</summary>
    public int As4Length { get; }

    public bool NeedsAs4Path { get; }

    public void WritePath(Span<byte> value)
    {
        foreach (var segment in _path)
        {
            value = value[Write(value, segment, _asnOctets)..];
        }
    }

    public void WriteAs4Path(Span<byte> value)
    {
        foreach (var segment in _path)
        {
            if (!segment.IsConfederation)
            {
                value = value[Write(value, segment, 4)..];
            }
        }
    }

    private static int Write(Span<byte> value, AsPathSegment segment, int asnOctets)
    {
        var written = 0;
        for (var rest = segment.Numbers; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, byte.MaxValue)];
            value[written] = (byte)segment.Type;
            value[written + 1] = (byte)piece.Length;
            WriteNumbers(value.Slice(written + SegmentHeader, piece.Length * asnOctets), piece, asnOctets);
            written += SegmentHeader + (piece.Length * asnOctets);
            rest = rest[piece.Length..];
        }

        return written;
    }

    private static void WriteNumbers(Span<byte> octets, ReadOnlySpan<uint> numbers, int asnOctets)
    {
        if (asnOctets == 4)
        {
            BigEndian.Write(octets, numbers);
            return;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            var number = numbers[i] <= ushort.MaxValue ? numbers[i] : Asn.Trans.Value;
            BinaryPrimitives.WriteUInt16BigEndian(octets[(2 * i)..], (ushort)number);
        }
    }

    private static int EncodedLength(AsPathSegment segment, int asnOctets)
    {
        var count = segment.Numbers.Length;
        var pieces = (count + byte.MaxValue - 1) / byte.MaxValue;
        return (pieces * SegmentHeader) + (count * asnOctets);
    }
}
