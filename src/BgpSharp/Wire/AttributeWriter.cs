using System.Buffers;
using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Writes path attributes (RFC 4271 §4.3) in ascending order of type (RFC 4271 §5).</summary>
internal static class AttributeWriter
{
    /// <summary>Writes everything but MP_REACH_NLRI; false when a value is longer than an attribute can be.</summary>
    public static bool TryWriteAll(
        ArrayBufferWriter<byte> output, BgpRouteAttributes attributes, ReadOnlySpan<byte> ipv4NextHop, in WireContext context)
    {
        var path = new AsPathEncoder(attributes.AsPath, context.FourOctetAsn);
        if (path.Length > ushort.MaxValue || path.As4Length > ushort.MaxValue || attributes.Communities.Count * 4 > ushort.MaxValue)
        {
            return false;
        }

        Begin(output, AttributeFlags.Transitive, AttributeType.Origin, 1)[0] = (byte)attributes.Origin;
        path.WritePath(Begin(output, AttributeFlags.Transitive, AttributeType.AsPath, path.Length));
        if (!ipv4NextHop.IsEmpty)
        {
            ipv4NextHop.CopyTo(Begin(output, AttributeFlags.Transitive, AttributeType.NextHop, ipv4NextHop.Length));
        }

        if (attributes.Med is { } med)
        {
            BinaryPrimitives.WriteUInt32BigEndian(Begin(output, AttributeFlags.Optional, AttributeType.Med, 4), med);
        }

        if (attributes.LocalPref is { } localPref)
        {
            BinaryPrimitives.WriteUInt32BigEndian(Begin(output, AttributeFlags.Transitive, AttributeType.LocalPref, 4), localPref);
        }

        var others = attributes.Others;
        var next = 0;
        if (!TryWriteOthers(output, others, ref next, AttributeType.Communities))
        {
            return false;
        }

        if (attributes.Communities.Count > 0)
        {
            WriteCommunities(output, attributes.Communities);
        }

        if (!TryWriteOthers(output, others, ref next, AttributeType.As4Path))
        {
            return false;
        }

        if (path.NeedsAs4Path)
        {
            const byte flags = AttributeFlags.Optional | AttributeFlags.Transitive;
            path.WriteAs4Path(Begin(output, flags, AttributeType.As4Path, path.As4Length));
        }

        return TryWriteOthers(output, others, ref next, byte.MaxValue + 1);
    }

    /// <summary>Writes an attribute's header; the value's room is returned.</summary>
    private static Span<byte> Begin(ArrayBufferWriter<byte> output, byte flags, byte type, int length)
    {
        var isLong = length > byte.MaxValue;
        var header = isLong ? 4 : 3;
        var span = output.GetSpan(header + length)[..(header + length)];
        span[0] = (byte)(isLong ? flags | AttributeFlags.ExtendedLength : flags);
        span[1] = type;
        if (isLong)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[2..], (ushort)length);
        }
        else
        {
            span[2] = (byte)length;
        }

        output.Advance(header + length);
        return span[header..];
    }

    private static void WriteCommunities(ArrayBufferWriter<byte> output, IReadOnlyList<Community> communities)
    {
        const byte flags = AttributeFlags.Optional | AttributeFlags.Transitive;
        var value = Begin(output, flags, AttributeType.Communities, communities.Count * 4);
        for (var i = 0; i < communities.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value[(i * 4)..], communities[i].Value);
        }
    }

    // The list is sorted by type: writes those before a type.
    private static bool TryWriteOthers(ArrayBufferWriter<byte> output, IReadOnlyList<RawPathAttribute> others, ref int next, int before)
    {
        for (; next < others.Count && others[next].Type < before; next++)
        {
            var value = others[next].Value.Span;
            if (value.Length > ushort.MaxValue)
            {
                return false;
            }

            value.CopyTo(Begin(output, others[next].Flags, others[next].Type, value.Length));
        }

        return true;
    }
}
