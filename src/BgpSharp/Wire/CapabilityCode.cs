namespace BgpSharp.Wire;

/// <summary>Capability codes (IANA's registry).</summary>
public static class CapabilityCode
{
    /// <summary>Multiprotocol extensions (RFC 4760).</summary>
    public const byte Multiprotocol = 1;

    /// <summary>Route refresh (RFC 2918).</summary>
    public const byte RouteRefresh = 2;

    /// <summary>Outbound route filtering (RFC 5291).</summary>
    public const byte OutboundRouteFiltering = 3;

    /// <summary>Extended next hop encoding (RFC 8950).</summary>
    public const byte ExtendedNextHop = 5;

    /// <summary>Extended message (RFC 8654).</summary>
    public const byte ExtendedMessage = 6;

    /// <summary>BGPsec (RFC 8205).</summary>
    public const byte Bgpsec = 7;

    /// <summary>Multiple labels (RFC 8277).</summary>
    public const byte MultipleLabels = 8;

    /// <summary>Role (RFC 9234).</summary>
    public const byte Role = 9;

    /// <summary>Graceful restart (RFC 4724, RFC 8538).</summary>
    public const byte GracefulRestart = 64;

    /// <summary>Four-octet AS numbers (RFC 6793).</summary>
    public const byte FourOctetAsn = 65;

    /// <summary>Dynamic capability (draft).</summary>
    public const byte DynamicCapability = 67;

    /// <summary>Add-Path (RFC 7911).</summary>
    public const byte AddPath = 69;

    /// <summary>Enhanced route refresh (RFC 7313).</summary>
    public const byte EnhancedRouteRefresh = 70;

    /// <summary>Long-lived graceful restart (RFC 9494).</summary>
    public const byte LongLivedGracefulRestart = 71;

    /// <summary>FQDN (draft).</summary>
    public const byte Fqdn = 73;

    /// <summary>BFD strict mode (draft-ietf-idr-bgp-bfd-strict-mode).</summary>
    public const byte BfdStrictMode = 74;

    /// <summary>Software version (draft).</summary>
    public const byte SoftwareVersion = 75;

    /// <summary>Route refresh as it was before RFC 2918.</summary>
    public const byte RouteRefreshPreStandard = 128;

    /// <summary>Outbound route filtering as it was before RFC 5291.</summary>
    public const byte OutboundRouteFilteringPreStandard = 130;
}
