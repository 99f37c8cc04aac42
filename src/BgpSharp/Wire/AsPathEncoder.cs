using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// Writes AS_PATH, and on a session of two-octet AS numbers AS4_PATH beside it when a number needs four (RFC 6793 §4.2.2).
/// </summary>
internal readonly struct AsPathEncoder
{
    private const int SegmentHeader = 2;

    private readonly AsPath _path;
    private readonly int _asnOctets;

    public AsPathEncoder(AsPath path, bool fourOctetAsn)
    {
        _path = path;
        _asnOctets = fourOctetAsn ? 4 : 2;
        foreach (var segment in path.Segments)
        {
            Length += EncodedLength(segment, _asnOctets);
            if (!IsConfederation(segment))
            {
                As4Length += EncodedLength(segment, 4);
                NeedsAs4Path |= !fourOctetAsn && NeedsFourOctets(segment);
            }
        }
    }

    /// <summary>The length of AS_PATH's value.</summary>
    public int Length { get; }

    /// <summary>The length of AS4_PATH's value, which leaves out confederation segments.</summary>
    public int As4Length { get; }

    public bool NeedsAs4Path { get; }

    public void WritePath(Span<byte> value)
    {
        foreach (var segment in _path.Segments)
        {
            value = value[Write(value, segment, _asnOctets)..];
        }
    }

    public void WriteAs4Path(Span<byte> value)
    {
        foreach (var segment in _path.Segments)
        {
            if (!IsConfederation(segment))
            {
                value = value[Write(value, segment, 4)..];
            }
        }
    }

    private static int Write(Span<byte> value, AsPathSegment segment, int asnOctets)
    {
        var written = 0;
        for (var rest = segment.Span; !rest.IsEmpty;)
        {
            var count = Math.Min(rest.Length, byte.MaxValue);
            value[written] = (byte)segment.Type;
            value[written + 1] = (byte)count;
            written += SegmentHeader;
            foreach (var asn in rest[..count])
            {
                if (asnOctets == 4)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(value[written..], asn.Value);
                }
                else
                {
                    BinaryPrimitives.WriteUInt16BigEndian(value[written..], (ushort)(asn.IsTwoOctet ? asn : Asn.Trans).Value);
                }

                written += asnOctets;
            }

            rest = rest[count..];
        }

        return written;
    }

    private static int EncodedLength(AsPathSegment segment, int asnOctets)
    {
        var count = segment.Span.Length;
        var pieces = (count + byte.MaxValue - 1) / byte.MaxValue;
        return (pieces * SegmentHeader) + (count * asnOctets);
    }

    private static bool NeedsFourOctets(AsPathSegment segment)
    {
        foreach (var asn in segment.Span)
        {
            if (!asn.IsTwoOctet)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConfederation(AsPathSegment segment) =>
        segment.Type is AsPathSegmentType.ConfedSequence or AsPathSegmentType.ConfedSet;
}
