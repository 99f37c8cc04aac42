using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>The value of AIGP (RFC 7311 §3): TLVs, of which only the first of type 1 is understood.</summary>
internal static class AigpField
{
    public const int MetricLength = 8;

    private const int HeaderLength = 3;
    private const int None = -1;

    /// <summary>Finds the metric; false when a TLV is cut off or of an impossible length.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="metricAt">Where the metric lies; negative when there is none.</param>
    public static bool TryFindMetric(ReadOnlySpan<byte> value, out int metricAt)
    {
        metricAt = None;
        for (var position = 0; position < value.Length;)
        {
            var rest = value[position..];
            var length = rest.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
            if (length < HeaderLength || length > rest.Length)
            {
                return false;
            }

            if (rest[0] == 1 && metricAt == None)
            {
                if (length != HeaderLength + MetricLength)
                {
                    return false;
                }

                metricAt = position + HeaderLength;
            }

            position += length;
        }

        return true;
    }
}
