namespace BgpSharp.Wire;

/// <summary>
/// Capabilities in words. A known one with a value that makes no sense is shown by name, and its octets in hexadecimal.
/// </summary>
internal static class CapabilityText
{
    public static string Describe(BgpCapability capability)
    {
        var name = Name(capability.Code);
        return capability.Value.IsEmpty ? name : $"{name} {Content(capability) ?? $"0x{Convert.ToHexString(capability.Value.Span)}"}";
    }

    private static string? Content(BgpCapability capability) => capability.Code switch
    {
        CapabilityCode.Multiprotocol when MultiprotocolCapability.TryRead(capability, out var family) => family.ToString(),
        CapabilityCode.ExtendedNextHop when ExtendedNextHopCapability.TryRead(capability, out var read) => read.ToString(),
        CapabilityCode.Role when RoleCapability.TryRead(capability, out var role) => RoleCapability.Name(role),
        CapabilityCode.GracefulRestart when GracefulRestartCapability.TryRead(capability, out var read) => read.ToString(),
        CapabilityCode.FourOctetAsn when FourOctetAsnCapability.TryRead(capability, out var asn) => asn.ToString(),
        CapabilityCode.AddPath when AddPathCapability.TryRead(capability, out var read) => read.ToString(),
        CapabilityCode.LongLivedGracefulRestart when LongLivedGracefulRestartCapability.TryRead(capability, out var read) => read.ToString(),
        CapabilityCode.Fqdn when FqdnCapability.TryRead(capability, out var read) => read.ToString(),
        CapabilityCode.SoftwareVersion when SoftwareVersionCapability.TryRead(capability, out var version) => $"\"{version}\"",
        _ => null,
    };

    private static string Name(byte code) => code switch
    {
        CapabilityCode.Multiprotocol => "multiprotocol",
        CapabilityCode.RouteRefresh => "route-refresh",
        CapabilityCode.OutboundRouteFiltering => "outbound-route-filtering",
        CapabilityCode.ExtendedNextHop => "extended-next-hop",
        CapabilityCode.ExtendedMessage => "extended-message",
        CapabilityCode.Bgpsec => "bgpsec",
        CapabilityCode.MultipleLabels => "multiple-labels",
        CapabilityCode.Role => "role",
        CapabilityCode.GracefulRestart => "graceful-restart",
        CapabilityCode.FourOctetAsn => "four-octet-as",
        CapabilityCode.DynamicCapability => "dynamic-capability",
        CapabilityCode.AddPath => "add-path",
        CapabilityCode.EnhancedRouteRefresh => "enhanced-route-refresh",
        CapabilityCode.LongLivedGracefulRestart => "long-lived-graceful-restart",
        CapabilityCode.Fqdn => "fqdn",
        CapabilityCode.BfdStrictMode => "bfd-strict-mode",
        CapabilityCode.SoftwareVersion => "software-version",
        CapabilityCode.RouteRefreshPreStandard => "route-refresh-pre-standard",
        CapabilityCode.OutboundRouteFilteringPreStandard => "outbound-route-filtering-pre-standard",
        _ => $"capability-{code}",
    };
}
