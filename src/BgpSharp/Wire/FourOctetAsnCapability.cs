using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Four-octet AS numbers, with the sender's own (RFC 6793 §3).</summary>
public static class FourOctetAsnCapability
{
    private const int Length = 4;

    /// <summary>Makes the capability.</summary>
    /// <param name="asn">The sender's AS.</param>
    /// <returns>The capability.</returns>
    public static BgpCapability Create(Asn asn)
    {
        Span<byte> value = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(value, asn.Value);
        return new BgpCapability(CapabilityCode.FourOctetAsn, value);
    }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="asn">The sender's AS, unchecked: it may be 0.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, out Asn asn)
    {
        ArgumentNullException.ThrowIfNull(capability);
        var value = capability.Value.Span;
        var isOne = capability.Code == CapabilityCode.FourOctetAsn && value.Length == Length;
        asn = isOne ? new Asn(BinaryPrimitives.ReadUInt32BigEndian(value)) : default;
        return isOne;
    }

    /// <summary>The number in the first such capability; null when there is none.</summary>
    internal static Asn? Find(IReadOnlyList<BgpCapability> capabilities)
    {
        foreach (var capability in capabilities)
        {
            if (TryRead(capability, out var asn))
            {
                return asn;
            }
        }

        return null;
    }
}
