namespace BgpSharp.Wire;

/// <summary>Capability codes (IANA's registry).</summary>
internal static class CapabilityCode
{
    public const byte Multiprotocol = 1;
    public const byte RouteRefresh = 2;
    public const byte ExtendedNextHop = 5;
    public const byte ExtendedMessage = 6;
    public const byte Role = 9;
    public const byte GracefulRestart = 64;
    public const byte FourOctetAsn = 65;
    public const byte AddPath = 69;
    public const byte EnhancedRouteRefresh = 70;
    public const byte LongLivedGracefulRestart = 71;
    public const byte Fqdn = 73;
    public const byte SoftwareVersion = 75;
    public const byte RouteRefreshPreStandard = 128;
}
