using System.Buffers.Binary;
using System.Net;
using System.Text;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Text;

/// <summary>Values of path attributes in words; what makes no sense in hex.</summary>
internal static class AttributeText
{
    /// <summary>The name, and the flags unless they are those the attribute always has.</summary>
    public static string Name(PathAttributeView attribute)
    {
        var name = AttributeType.NameOf(attribute.Type);
        return UsualFlags.Has(attribute) ? name
            : UsualFlags.HasButPartial(attribute) ? $"{name} (partial)"
            : $"{name} (flags 0x{attribute.Flags:X2})";
    }

    public static string Value(PathAttributeView attribute, in WireContext context)
    {
        var value = attribute.Value;
        return attribute.Type switch
        {
            AttributeType.Origin when value.Length == 1 => Origin(value[0]),
            AttributeType.AsPath or AttributeType.As4Path when value.IsEmpty => "empty",
            AttributeType.AsPath => AsPath(attribute, context.FourOctetAsn),
            AttributeType.As4Path => AsPath(attribute, fourOctetAsn: true),
            AttributeType.NextHop => NextHop(value),
            AttributeType.Med or AttributeType.LocalPref or AttributeType.OnlyToCustomer when attribute.TryReadNumber(out var number) => $"{number}",
            AttributeType.Aggregator or AttributeType.As4Aggregator when value.Length is 6 or 8 => $"{AggregatorAs(value)} {new IPAddress(value[^4..])}",
            AttributeType.Communities => List<Community>(attribute),
            AttributeType.ClusterList or AttributeType.OriginatorId => List<BgpIdentifier>(attribute),
            AttributeType.ExtendedCommunities => List<ExtendedCommunity>(attribute),
            AttributeType.Ipv6ExtendedCommunities => List<Ipv6ExtendedCommunity>(attribute),
            AttributeType.LargeCommunities => List<LargeCommunity>(attribute),
            AttributeType.Aigp when TryReadAigp(value, out var metric) => $"{metric}",
            _ => Convert.ToHexString(value),
        };
    }

    public static string Origin(byte value) => value switch { 0 => "igp", 1 => "egp", 2 => "incomplete", _ => $"undefined {value}" };

    public static Asn AggregatorAs(ReadOnlySpan<byte> value) =>
        value.Length == 8 ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt16BigEndian(value);

    /// <summary>One address, or a global and a link-local one.</summary>
    public static string NextHop(ReadOnlySpan<byte> value)
    {
        var (global, linkLocal) = NextHops(value);
        return linkLocal is null ? global ?? "" : $"{global} {linkLocal}";
    }

    /// <summary>The addresses of a next hop; those of VPN families stand behind a route distinguisher of zeros.</summary>
    public static (string? Global, string? LinkLocal) NextHops(ReadOnlySpan<byte> value) => value.Length switch
    {
        0 => (null, null),
        4 or 16 => ($"{new IPAddress(value)}", null),
        32 => ($"{new IPAddress(value[..16])}", $"{new IPAddress(value[16..])}"),
        12 or 24 when IsZero(value[..8]) => ($"{new IPAddress(value[8..])}", null),
        48 when IsZero(value[..8]) && IsZero(value[24..32]) => ($"{new IPAddress(value[8..24])}", $"{new IPAddress(value[32..])}"),
        _ => ($"0x{Convert.ToHexString(value)}", null),
    };

    private static bool IsZero(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExcept((byte)0);

    /// <summary>The segments as routers print them, and behind them in hex what is no segment.</summary>
    public static string AsPath(PathAttributeView attribute, bool fourOctetAsn)
    {
        var text = new StringBuilder();
        var segments = attribute.ToAsPath(fourOctetAsn).GetEnumerator();
        while (segments.MoveNext())
        {
            var segment = segments.Current;
            var (before, after) = segment.Type switch
            {
                AsPathSegmentType.Sequence => ("", ""),
                AsPathSegmentType.Set => ("{", "}"),
                AsPathSegmentType.ConfedSequence => ("(", ")"),
                AsPathSegmentType.ConfedSet => ("[", "]"),
                _ => ($"type-{(byte)segment.Type}<", ">"),
            };
            text.Append(text.Length > 0 ? " " : "").Append(before);
            for (var i = 0; i < segment.Count; i++)
            {
                text.Append(i > 0 ? " " : "").Append(segment[i].Value);
            }

            text.Append(after);
        }

        return segments.Rest.IsEmpty ? $"{text}" : $"{text}{(text.Length > 0 ? " " : "")}0x{Convert.ToHexString(segments.Rest)}";
    }

    /// <summary>The accumulated metric, where it stands alone: type 1, eight octets (RFC 7311 §3).</summary>
    public static bool TryReadAigp(ReadOnlySpan<byte> value, out ulong metric)
    {
        var isOne = value is [1, 0, 11, ..] && value.Length == 11;
        metric = isOne ? BinaryPrimitives.ReadUInt64BigEndian(value[3..]) : 0;
        return isOne;
    }

    private static string List<T>(PathAttributeView attribute)
        where T : struct, IWireValue<T>
    {
        var text = new StringBuilder();
        foreach (var value in attribute.ToValues<T>())
        {
            text.Append(text.Length > 0 ? " " : "").Append(value);
        }

        var rest = attribute.Value.Length % T.WireLength;
        return rest == 0 ? $"{text}" : $"{text}{(text.Length > 0 ? " " : "")}0x{Convert.ToHexString(attribute.Value[^rest..])}";
    }
}
