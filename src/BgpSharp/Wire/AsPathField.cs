using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>The value of AS_PATH and AS4_PATH (RFC 4271 §4.3, RFC 6793 §3): segments of AS numbers, two or four octets each.</summary>
internal static class AsPathField
{
    public const int SegmentHeader = 2;

    /// <summary>
    /// Checks the segments (RFC 7606 §7.2), that no AS is 0 (RFC 7607), and that no segment is of a type the session refuses.
    /// </summary>
    public static UpdateRule Validate(ReadOnlySpan<byte> value, int asnOctets, in WireContext context)
    {
        var types = 0;
        var hasZero = false;
        var segments = new AsPathSegmentsView(value, asnOctets == 4).GetEnumerator();
        while (segments.MoveNext())
        {
            var segment = segments.Current;
            if (segment.Type is < AsPathSegmentType.Set or > AsPathSegmentType.ConfedSet || segment.Count == 0)
            {
                return UpdateRule.AsPathMalformed;
            }

            types |= 1 << (int)segment.Type;
            foreach (var asn in segment)
            {
                hasZero |= asn.Value == 0;
            }
        }

        return !segments.Rest.IsEmpty ? UpdateRule.AsPathMalformed
            : hasZero ? UpdateRule.AsZero
            : (types & ~(1 << (int)AsPathSegmentType.Sequence)) == 0 ? UpdateRule.None
            : Refused(types, context);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Asn ReadAsn(ReadOnlySpan<byte> octets, int asnOctets) =>
        asnOctets == 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt16BigEndian(octets);

    private static UpdateRule Refused(int types, in WireContext context)
    {
        const int sets = (1 << (int)AsPathSegmentType.Set) | (1 << (int)AsPathSegmentType.ConfedSet);
        const int confederation = (1 << (int)AsPathSegmentType.ConfedSequence) | (1 << (int)AsPathSegmentType.ConfedSet);
        return context.RefuseAsSets && (types & sets) != 0 ? UpdateRule.AsSet
            : context.RefuseConfederationSegments && (types & confederation) != 0 ? UpdateRule.ConfederationSegment
            : UpdateRule.None;
    }
}
