using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>The value of MP_REACH_NLRI where it lies (RFC 4760 §3), of any family.</summary>
public readonly ref struct MpReachView
{
    internal const int NextHopStart = 4;

    private MpReachView(ReadOnlySpan<byte> nextHop, NlriView nlri)
    {
        NextHop = nextHop;
        Nlri = nlri;
    }

    /// <summary>The family of the next hop and the prefixes.</summary>
    public BgpFamily Family => Nlri.Family;

    /// <summary>
    /// The next hop as it is: an IPv4 address, an IPv6 address, a global and a link-local one (RFC 2545 §3), or what else
    /// the family has.
    /// </summary>
    public ReadOnlySpan<byte> NextHop { get; }

    /// <summary>The routes announced.</summary>
    public NlriView Nlri { get; }

    /// <summary>Splits a value.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="context">What was agreed with the sender; which families have path identifiers counts here.</param>
    /// <param name="reach">The parts, when the result is true.</param>
    /// <returns>Whether the lengths fit; false leaves <paramref name="reach"/> empty.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> value, in WireContext context, out MpReachView reach)
    {
        // Family, next hop length, next hop, a reserved octet, NLRI.
        if (value.Length > NextHopStart && value.Length > NextHopStart + value[3])
        {
            var afi = BinaryPrimitives.ReadUInt16BigEndian(value);
            var nlriStart = NextHopStart + value[3] + 1;
            reach = new MpReachView(
                value.Slice(NextHopStart, value[3]), new NlriView(value[nlriStart..], afi, value[2], context.HasPathIds(afi, value[2])));
            return true;
        }

        reach = default;
        return false;
    }
}
