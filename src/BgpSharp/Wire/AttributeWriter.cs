using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BgpSharp.Wire;

/// <summary>Writes path attributes (RFC 4271 §4.3) in ascending order of type (RFC 4271 §5), the narrow length where it suffices.</summary>
internal ref struct AttributeWriter
{
    private const byte OptionalTransitive = AttributeFlags.Optional | AttributeFlags.Transitive;

    private readonly Span<byte> _destination;
    private readonly ReadOnlySpan<RawPathAttribute> _others;
    private int _nextOther;
    private int _written;
    private bool _isFull;

    private AttributeWriter(Span<byte> destination, ReadOnlySpan<RawPathAttribute> others)
    {
        _destination = destination;
        _others = others;
    }

    /// <summary>
    /// Writes everything but MP_REACH_NLRI, and NEXT_HOP, which is IPv4 then, if asked to; false when the destination or an
    /// attribute's length field is too small.
    /// </summary>
    public static bool TryWrite(
        Span<byte> destination, BgpRouteAttributes attributes, bool withNextHop, in WireContext context, out int written)
    {
        var rare = attributes.RareOrNone;
        var writer = new AttributeWriter(destination, rare.Rarest.Others);
        writer.WriteFirst(attributes, rare, withNextHop, context);
        written = writer._written;
        return !writer._isFull;
    }

    /// <summary>Writes an attribute as it is; false when the destination is too small.</summary>
    public static bool TryWrite(Span<byte> destination, RawPathAttribute attribute, out int written)
    {
        var writer = new AttributeWriter(destination, [attribute]);
        writer.WriteOthers(before: byte.MaxValue + 1);
        written = writer._written;
        return !writer._isFull;
    }

    private void WriteFirst(BgpRouteAttributes attributes, RareAttributes rare, bool withNextHop, in WireContext context)
    {
        WriteOctet(AttributeFlags.Transitive, AttributeType.Origin, (byte)attributes.Origin);
        var path = new AsPathEncoder(attributes.AsPath, context.FourOctetAsn);
        if (TryBegin(AttributeFlags.Transitive, AttributeType.AsPath, path.Length, out var value))
        {
            path.WritePath(value);
        }

        if (withNextHop)
        {
            Debug.Assert(attributes.HasIpv4NextHop, "NEXT_HOP is an IPv4 address");
            WriteNumber(AttributeFlags.Transitive, AttributeType.NextHop, (uint)(attributes.NextHopBits.High >> 32));
        }

        if (attributes.Med is { } med)
        {
            WriteNumber(AttributeFlags.Optional, AttributeType.Med, med);
        }

        if (attributes.LocalPref is { } localPref)
        {
            WriteNumber(AttributeFlags.Transitive, AttributeType.LocalPref, localPref);
        }

        if (attributes.AtomicAggregate)
        {
            TryBegin(AttributeFlags.Transitive, AttributeType.AtomicAggregate, 0, out _);
        }

        // Most routes have nothing of what only some routes have.
        if (rare == RareAttributes.None)
        {
            WriteCommunities(attributes);
            WriteAs4Path(path);
        }
        else
        {
            WriteRare(attributes, rare, path, context.FourOctetAsn);
        }
    }

    private void WriteRare(BgpRouteAttributes attributes, RareAttributes rare, in AsPathEncoder path, bool fourOctetAsn)
    {
        var partial = attributes.Partial;
        var rarest = rare.Rarest;
        WriteOthers(before: AttributeType.Aggregator);
        var aggregator = attributes.Aggregator;
        if (aggregator is { } sent)
        {
            WriteAggregator(Flags(partial, BgpPartialAttributes.Aggregator), sent, fourOctetAsn);
        }

        WriteOthers(before: AttributeType.Communities);
        WriteCommunities(attributes);
        if (attributes.OriginatorId is { } originator)
        {
            WriteNumber(AttributeFlags.Optional, AttributeType.OriginatorId, originator.Value);
        }

        WriteNumbers(AttributeFlags.Optional, AttributeType.ClusterList, MemoryMarshal.Cast<BgpIdentifier, uint>(rarest.ClusterList));
        WriteOthers(before: AttributeType.ExtendedCommunities);
        WriteValues(Flags(partial, BgpPartialAttributes.ExtendedCommunities), AttributeType.ExtendedCommunities, rarest.ExtendedCommunities);
        WriteAs4Path(path);
        if (!fourOctetAsn && aggregator is { Asn.IsTwoOctet: false } large)
        {
            WritePair(OptionalTransitive, AttributeType.As4Aggregator, large.Asn.Value, large.Identifier.Value);
        }

        WriteOthers(before: AttributeType.Ipv6ExtendedCommunities);
        WriteValues(
            Flags(partial, BgpPartialAttributes.Ipv6ExtendedCommunities), AttributeType.Ipv6ExtendedCommunities, rarest.Ipv6ExtendedCommunities);
        WriteAigp(attributes.Aigp, rarest.AigpTlvs);

        WriteOthers(before: AttributeType.LargeCommunities);
        WriteValues(Flags(partial, BgpPartialAttributes.LargeCommunities), AttributeType.LargeCommunities, rarest.LargeCommunities);
        WriteOthers(before: AttributeType.OnlyToCustomer);
        if (attributes.OnlyToCustomer is { } customer)
        {
            WriteNumber(Flags(partial, BgpPartialAttributes.OnlyToCustomer), AttributeType.OnlyToCustomer, customer.Value);
        }

        WriteOthers(before: byte.MaxValue + 1);
    }

    private static byte Flags(BgpPartialAttributes partial, BgpPartialAttributes attribute) =>
        (partial & attribute) != 0 ? (byte)(OptionalTransitive | AttributeFlags.Partial) : OptionalTransitive;

    private void WriteCommunities(BgpRouteAttributes attributes) => WriteNumbers(
        Flags(attributes.Partial, BgpPartialAttributes.Communities),
        AttributeType.Communities,
        MemoryMarshal.Cast<Community, uint>(attributes.CommunitySpan));

    private void WriteAs4Path(in AsPathEncoder path)
    {
        if (path.NeedsAs4Path && TryBegin(OptionalTransitive, AttributeType.As4Path, path.As4Length, out var value))
        {
            path.WriteAs4Path(value);
        }
    }

    private void WriteAggregator(byte flags, Aggregator aggregator, bool fourOctetAsn)
    {
        if (fourOctetAsn)
        {
            WritePair(flags, AttributeType.Aggregator, aggregator.Asn.Value, aggregator.Identifier.Value);
        }
        else if (TryBegin(flags, AttributeType.Aggregator, 6, out var value))
        {
            // A number that needs four octets stands in AS4_AGGREGATOR (RFC 6793 §4.2.2).
            var asn = aggregator.Asn.IsTwoOctet ? aggregator.Asn : Asn.Trans;
            BinaryPrimitives.WriteUInt16BigEndian(value, (ushort)asn.Value);
            BinaryPrimitives.WriteUInt32BigEndian(value[2..], aggregator.Identifier.Value);
        }
    }

    private void WriteAigp(ulong? metric, ReadOnlySpan<byte> otherTlvs)
    {
        var length = AigpField.Length(metric, otherTlvs);
        if (length > 0 && TryBegin(AttributeFlags.Optional, AttributeType.Aigp, length, out var value))
        {
            AigpField.Write(value, metric, otherTlvs);
        }
    }

    private void WriteOctet(byte flags, byte type, byte octet)
    {
        if (TryBegin(flags, type, 1, out var value))
        {
            value[0] = octet;
        }
    }

    private void WriteNumber(byte flags, byte type, uint number)
    {
        if (TryBegin(flags, type, 4, out var value))
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, number);
        }
    }

    private void WritePair(byte flags, byte type, uint first, uint second)
    {
        if (TryBegin(flags, type, 8, out var value))
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, first);
            BinaryPrimitives.WriteUInt32BigEndian(value[4..], second);
        }
    }

    private void WriteNumbers(byte flags, byte type, ReadOnlySpan<uint> numbers)
    {
        if (!numbers.IsEmpty && TryBegin(flags, type, 4 * numbers.Length, out var value))
        {
            BigEndian.Write(value, numbers);
        }
    }

    private void WriteValues<T>(byte flags, byte type, T[] values)
        where T : struct, IWireValue<T>
    {
        if (values.Length > 0 && TryBegin(flags, type, T.WireLength * values.Length, out var octets))
        {
            foreach (var value in values)
            {
                value.WriteTo(octets);
                octets = octets[T.WireLength..];
            }
        }
    }

    // The list is sorted by type: writes those before a type.
    private void WriteOthers(int before)
    {
        for (; _nextOther < _others.Length && _others[_nextOther].Type < before; _nextOther++)
        {
            var other = _others[_nextOther];
            if (TryBegin(other.Flags, other.Type, other.Value.Length, out var value))
            {
                other.Value.Span.CopyTo(value);
            }
        }
    }

    /// <summary>Writes an attribute's header and makes room for the value; false from the first that does not fit.</summary>
    private bool TryBegin(byte flags, byte type, int length, out Span<byte> value)
    {
        var isLong = length > byte.MaxValue;
        var header = isLong ? 4 : 3;
        var rest = _destination[_written..];
        value = default;
        if (_isFull || length > ushort.MaxValue || header + length > rest.Length)
        {
            _isFull = true;
            return false;
        }

        rest[0] = (byte)(isLong ? flags | AttributeFlags.ExtendedLength : flags);
        rest[1] = type;
        if (isLong)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest[2..], (ushort)length);
        }
        else
        {
            rest[2] = (byte)length;
        }

        value = rest.Slice(header, length);
        _written += header + length;
        return true;
    }
}
