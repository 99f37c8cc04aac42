using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>One path attribute where it lies in a received message (RFC 4271 §4.3), and ways to look into its value.</summary>
public readonly ref struct PathAttributeView
{
    internal PathAttributeView(byte flags, byte type, ReadOnlySpan<byte> value)
    {
        Flags = flags;
        Type = type;
        Value = value;
    }

    /// <summary>The flags octet, see <see cref="AttributeFlags"/>.</summary>
    public byte Flags { get; }

    /// <summary>The type code, see <see cref="AttributeType"/>.</summary>
    public byte Type { get; }

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The value as segments of AS numbers: AS_PATH, AS4_PATH.</summary>
    /// <param name="fourOctetAsn">AS numbers have four octets, as always in AS4_PATH; else two.</param>
    /// <returns>The segments.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AsPathSegmentsView ToAsPath(bool fourOctetAsn) => new(Value, fourOctetAsn);

    /// <summary>The value as a list: COMMUNITIES, LARGE_COMMUNITY, CLUSTER_LIST ...</summary>
    /// <typeparam name="T">The type of the list's values.</typeparam>
    /// <returns>The values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValuesView<T> ToValues<T>()
        where T : struct, IWireValue<T> => new(Value);

    /// <summary>The value as a number of four octets: MULTI_EXIT_DISC, LOCAL_PREF, ONLY_TO_CUSTOMER.</summary>
    /// <param name="number">The number, when the result is true.</param>
    /// <returns>Whether the value has four octets.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNumber(out uint number)
    {
        number = Value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(Value) : 0;
        return Value.Length == 4;
    }

    /// <summary>The value as the speaker that formed an aggregate: AGGREGATOR, AS4_AGGREGATOR.</summary>
    /// <param name="fourOctetAsn">The AS number has four octets, as always in AS4_AGGREGATOR; else two.</param>
    /// <param name="aggregator">The speaker, when the result is true.</param>
    /// <returns>Whether the length fits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadAggregator(bool fourOctetAsn, out Aggregator aggregator)
    {
        var asnOctets = fourOctetAsn ? 4 : 2;
        if (Value.Length != asnOctets + 4)
        {
            aggregator = default;
            return false;
        }

        var identifier = new BgpIdentifier(BinaryPrimitives.ReadUInt32BigEndian(Value[asnOctets..]));
        aggregator = new Aggregator(AsPathField.ReadAsn(Value, asnOctets), identifier);
        return true;
    }

    /// <summary>Splits the value of MP_REACH_NLRI (RFC 4760 §3).</summary>
    /// <param name="context">What was agreed with the sender; which families have path identifiers counts here.</param>
    /// <param name="reach">The parts, when the result is true.</param>
    /// <returns>Whether the lengths fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadMpReach(in WireContext context, out MpReachView reach) => MpReachView.TryRead(Value, context, out reach);

    /// <summary>Splits the value of MP_UNREACH_NLRI (RFC 4760 §4).</summary>
    /// <param name="context">What was agreed with the sender; which families have path identifiers counts here.</param>
    /// <param name="unreach">The parts, when the result is true.</param>
    /// <returns>Whether the lengths fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadMpUnreach(in WireContext context, out MpUnreachView unreach) => MpUnreachView.TryRead(Value, context, out unreach);
}
