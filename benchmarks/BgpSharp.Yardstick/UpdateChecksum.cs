using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp.Yardstick;

/// <summary>The checksum that benchmarks/peers/c-walk/walk.c defines, through the library's raw reader.</summary>
internal static class UpdateChecksum
{
    public static void Add(ReadOnlySpan<byte> body, in WireContext context, ref Totals totals)
    {
        totals.Updates++;
        if (!UpdateReader.TryRead(body, context, out var update))
        {
            totals.Malformed++;
            return;
        }

        var checksum = Prefixes(update.Withdrawn, ref totals);
        foreach (var attribute in update.Attributes)
        {
            checksum += attribute.Type + Attribute(attribute, context, ref totals);
        }

        totals.Checksum += checksum + Prefixes(update.Nlri, ref totals);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Attribute(PathAttributeView attribute, in WireContext context, ref Totals totals)
    {
        switch (attribute.Type)
        {
            case AttributeType.Origin:
                return attribute.Value.Length == 1 ? attribute.Value[0] : 0u;

            case AttributeType.NextHop or AttributeType.Med or AttributeType.LocalPref or AttributeType.OriginatorId:
                return attribute.TryReadNumber(out var number) ? number : 0;

            case AttributeType.AsPath or AttributeType.As4Path:
                return AsPath(attribute.ToAsPath(context.FourOctetAsn || attribute.Type == AttributeType.As4Path));

            case AttributeType.Communities or AttributeType.ClusterList:
                var sum = 0UL;
                foreach (var value in attribute.ToValues<Community>())
                {
                    sum += value.Value;
                }

                return sum;

            case AttributeType.Aggregator or AttributeType.As4Aggregator:
                return attribute.TryReadAggregator(context.FourOctetAsn || attribute.Type == AttributeType.As4Aggregator, out var aggregator)
                    ? (ulong)aggregator.Asn.Value + aggregator.Identifier.Value
                    : 0;

            case AttributeType.MpReach:
                return attribute.TryReadMpReach(context, out var reach) ? Prefixes(reach.Nlri, ref totals) : 0;

            case AttributeType.MpUnreach:
                return attribute.TryReadMpUnreach(context, out var unreach) ? Prefixes(unreach.Nlri, ref totals) : 0;

            default:
                return 0;
        }
    }

    private static ulong AsPath(AsPathSegmentsView path)
    {
        var sum = 0UL;
        foreach (var segment in path)
        {
            sum += (ulong)segment.Type;
            foreach (var asn in segment)
            {
                sum += asn.Value;
            }
        }

        return sum;
    }

    private static ulong Prefixes(scoped in NlriView nlri, ref Totals totals)
    {
        var sum = 0UL;
        var count = 0;
        foreach (var entry in nlri)
        {
            var network = 0UL;
            foreach (var octet in entry.Octets)
            {
                network = (network << 8) | octet;
            }

            sum += network + (ulong)entry.Length;
            count++;
        }

        totals.Prefixes += count;
        return sum;
    }
}
