using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>The value of MP_UNREACH_NLRI where it lies (RFC 4760 §4), of any family.</summary>
public readonly ref struct MpUnreachView
{
    internal const int NlriStart = 3;

    private MpUnreachView(NlriView nlri) => Nlri = nlri;

    /// <summary>The family of the prefixes.</summary>
    public BgpFamily Family => Nlri.Family;

    /// <summary>The routes withdrawn.</summary>
    public NlriView Nlri { get; }

    /// <summary>Splits a value.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="context">What was agreed with the sender; which families have path identifiers counts here.</param>
    /// <param name="unreach">The parts, when the result is true.</param>
    /// <returns>Whether the value is long enough; false leaves <paramref name="unreach"/> empty.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> value, in WireContext context, out MpUnreachView unreach)
    {
        if (value.Length >= NlriStart)
        {
            var afi = BinaryPrimitives.ReadUInt16BigEndian(value);
            unreach = new MpUnreachView(new NlriView(value[NlriStart..], afi, value[2], context.HasPathIds(afi, value[2])));
            return true;
        }

        unreach = default;
        return false;
    }
}
