using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// Capabilities (RFC 5492) to and from bytes and words. A known one with a value that makes no sense is as good as not
/// sent: the readers return false, nothing is refused for it.
/// </summary>
internal static class CapabilityCodec
{
    /// <summary>Route refresh (RFC 2918 §2).</summary>
    public static readonly BgpCapability RouteRefresh = new(CapabilityCode.RouteRefresh, []);

    /// <summary>Multiprotocol extensions for one family (RFC 4760 §8).</summary>
    public static BgpCapability Multiprotocol(BgpFamily family)
    {
        Span<byte> value = stackalloc byte[4];
        value.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(value, family.Afi);
        value[3] = family.Safi;
        return new BgpCapability(CapabilityCode.Multiprotocol, value);
    }

    /// <summary>Four-octet AS numbers, with the speaker's own (RFC 6793 §3).</summary>
    public static BgpCapability FourOctetAsn(Asn asn)
    {
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, asn.Value);
        return new BgpCapability(CapabilityCode.FourOctetAsn, value);
    }

    public static bool TryReadMultiprotocol(BgpCapability capability, out BgpFamily family)
    {
        var value = capability.Value.Span;
        var isOne = capability.Code == CapabilityCode.Multiprotocol && value.Length == 4;
        family = isOne ? new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(value), value[3]) : default;
        return isOne;
    }

    public static bool TryReadFourOctetAsn(BgpCapability capability, out Asn asn)
    {
        var value = capability.Value.Span;
        var isOne = capability.Code == CapabilityCode.FourOctetAsn && value.Length == 4;
        asn = isOne ? new Asn(BinaryPrimitives.ReadUInt32BigEndian(value)) : default;
        return isOne;
    }

    public static bool IsRouteRefresh(BgpCapability capability) =>
        capability.Code == CapabilityCode.RouteRefresh && capability.Value.IsEmpty;

    /// <summary>The number in the first four-octet AS capability; null when there is none.</summary>
    public static Asn? FindFourOctetAsn(IReadOnlyList<BgpCapability> capabilities)
    {
        foreach (var capability in capabilities)
        {
            if (TryReadFourOctetAsn(capability, out var asn))
            {
                return asn;
            }
        }

        return null;
    }

    public static string Describe(BgpCapability capability)
    {
        if (TryReadMultiprotocol(capability, out var family))
        {
            return $"multiprotocol {family}";
        }

        if (TryReadFourOctetAsn(capability, out var asn))
        {
            return $"four-octet-as {asn}";
        }

        var name = Name(capability.Code);
        return capability.Value.IsEmpty ? name : $"{name} 0x{Convert.ToHexString(capability.Value.Span)}";
    }

    private static string Name(byte code) => code switch
    {
        CapabilityCode.Multiprotocol => "multiprotocol",
        CapabilityCode.RouteRefresh => "route-refresh",
        CapabilityCode.ExtendedNextHop => "extended-next-hop",
        CapabilityCode.ExtendedMessage => "extended-message",
        CapabilityCode.Role => "role",
        CapabilityCode.GracefulRestart => "graceful-restart",
        CapabilityCode.FourOctetAsn => "four-octet-as",
        CapabilityCode.AddPath => "add-path",
        CapabilityCode.EnhancedRouteRefresh => "enhanced-route-refresh",
        CapabilityCode.LongLivedGracefulRestart => "long-lived-graceful-restart",
        CapabilityCode.Fqdn => "fqdn",
        CapabilityCode.SoftwareVersion => "software-version",
        CapabilityCode.RouteRefreshPreStandard => "route-refresh-pre-standard",
        _ => $"capability-{code}",
    };
}
