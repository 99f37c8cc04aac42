using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>The value of AS_PATH and AS4_PATH (RFC 4271 §4.3, RFC 6793 §3): segments of AS numbers, two or four octets each.</summary>
internal static class AsPathField
{
    private const int SegmentHeader = 2;

    /// <summary>Checks the segments (RFC 7606 §7.2) and that no AS is 0 (RFC 7607).</summary>
    public static UpdateRule Validate(ReadOnlySpan<byte> value, int asnOctets)
    {
        while (!value.IsEmpty)
        {
            if (value.Length < SegmentHeader
                || value[0] is < (byte)AsPathSegmentType.Set or > (byte)AsPathSegmentType.ConfedSet
                || value[1] == 0
                || value.Length < SegmentHeader + (value[1] * asnOctets))
            {
                return UpdateRule.AsPathMalformed;
            }

            var asns = value.Slice(SegmentHeader, value[1] * asnOctets);
            for (var i = 0; i < asns.Length; i += asnOctets)
            {
                if (ReadAsn(asns[i..], asnOctets).Value == 0)
                {
                    return UpdateRule.AsZero;
                }
            }

            value = value[(SegmentHeader + asns.Length)..];
        }

        return UpdateRule.None;
    }

    /// <summary>The first segment of a valid value that is not empty, and how many octets it takes.</summary>
    public static AsPathSegmentView First(ReadOnlySpan<byte> value, int asnOctets, out int octets)
    {
        octets = SegmentHeader + (value[1] * asnOctets);
        return new AsPathSegmentView((AsPathSegmentType)value[0], value[SegmentHeader..octets], asnOctets);
    }

    /// <summary>The length route selection compares: a set counts one, confederation segments none (RFC 5065 §5.3).</summary>
    public static int Hops(ReadOnlySpan<byte> value, int asnOctets)
    {
        var hops = 0;
        while (!value.IsEmpty)
        {
            hops += First(value, asnOctets, out var octets).Hops;
            value = value[octets..];
        }

        return hops;
    }

    public static Asn ReadAsn(ReadOnlySpan<byte> octets, int asnOctets) =>
        asnOctets == 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt16BigEndian(octets);
}
