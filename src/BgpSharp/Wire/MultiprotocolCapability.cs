using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Multiprotocol extensions (RFC 4760 §8): the sender speaks one address family.</summary>
public static class MultiprotocolCapability
{
    private const int Length = 4;

    /// <summary>Makes the capability.</summary>
    /// <param name="family">The family.</param>
    /// <returns>The capability.</returns>
    public static BgpCapability Create(BgpFamily family)
    {
        Span<byte> value = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt16BigEndian(value, family.Afi);
        value[2] = 0;
        value[3] = family.Safi;
        return new BgpCapability(CapabilityCode.Multiprotocol, value);
    }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="family">The family.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, out BgpFamily family)
    {
        ArgumentNullException.ThrowIfNull(capability);
        var value = capability.Value.Span;
        var isOne = capability.Code == CapabilityCode.Multiprotocol && value.Length == Length;
        family = isOne ? new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(value), value[3]) : default;
        return isOne;
    }
}
