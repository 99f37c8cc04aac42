using System.Buffers.Binary;

namespace BgpSharp;

/// <summary>
/// The value of AIGP (RFC 7311 §3): TLVs, of which only the first of type 1 is understood; the others are passed along.
/// </summary>
internal static class AigpField
{
    private const int MetricLength = 8;
    private const int HeaderLength = 3;
    private const byte MetricType = 1;
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

            if (rest[0] == MetricType && metricAt == None)
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

    /// <summary>The metric of a valid value.</summary>
    public static ulong? ReadMetric(ReadOnlySpan<byte> value) =>
        TryFindMetric(value, out var metricAt) && metricAt >= 0 ? BinaryPrimitives.ReadUInt64BigEndian(value[metricAt..]) : null;

    /// <summary>The TLVs of a valid value without the metric's.</summary>
    public static byte[] OtherTlvs(ReadOnlySpan<byte> value) =>
        TryFindMetric(value, out var metricAt) && metricAt >= 0
            ? [.. value[..(metricAt - HeaderLength)], .. value[(metricAt + MetricLength)..]]
            : value.ToArray();

    /// <summary>The length of a value.</summary>
    public static int Length(ulong? metric, ReadOnlySpan<byte> otherTlvs) =>
        (metric.HasValue ? HeaderLength + MetricLength : 0) + otherTlvs.Length;

    /// <summary>Writes a value, the metric's TLV first.</summary>
    public static void Write(Span<byte> value, ulong? metric, ReadOnlySpan<byte> otherTlvs)
    {
        if (metric is { } number)
        {
            value[0] = MetricType;
            BinaryPrimitives.WriteUInt16BigEndian(value[1..], HeaderLength + MetricLength);
            BinaryPrimitives.WriteUInt64BigEndian(value[HeaderLength..], number);
            value = value[(HeaderLength + MetricLength)..];
        }

        otherTlvs.CopyTo(value);
    }
}
