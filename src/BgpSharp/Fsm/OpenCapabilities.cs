using System.Buffers.Binary;
using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>What the capabilities of an OPEN say (RFC 4760 §8, RFC 2918, RFC 6793); a malformed one says nothing.</summary>
internal static class OpenCapabilities
{
    public const byte Multiprotocol = 1;
    public const byte RouteRefresh = 2;
    public const byte FourOctetAsn = 65;

    public static bool Has(OpenMessage open, byte code) => open.Capabilities.Any(capability => capability.Code == code);

    /// <summary>The AS number: the four-octet one when there is one.</summary>
    public static Asn AsnOf(OpenMessage open)
    {
        foreach (var capability in open.Capabilities)
        {
            if (capability is { Code: FourOctetAsn, Value.Length: 4 })
            {
                return BinaryPrimitives.ReadUInt32BigEndian(capability.Value.Span);
            }
        }

        return open.MyAutonomousSystem;
    }

    /// <summary>IPv4 unicast alone when there is no multiprotocol capability.</summary>
    public static IReadOnlyList<BgpFamily> FamiliesOf(OpenMessage open) => Has(open, Multiprotocol)
        ? [.. open.Capabilities
            .Where(capability => capability is { Code: Multiprotocol, Value.Length: 4 })
            .Select(capability => new BgpFamily(
                BinaryPrimitives.ReadUInt16BigEndian(capability.Value.Span), capability.Value.Span[3]))]
        : [BgpFamily.Ipv4Unicast];

    public static BgpCapability ForFamily(BgpFamily family) =>
        new(Multiprotocol, [(byte)(family.Afi >> 8), (byte)family.Afi, 0, family.Safi]);

    public static BgpCapability ForAsn(Asn asn)
    {
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, asn.Value);
        return new BgpCapability(FourOctetAsn, value);
    }
}
