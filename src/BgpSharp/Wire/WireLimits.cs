namespace BgpSharp.Wire;

/// <summary>Sizes that RFC 4271 fixes, in octets.</summary>
internal static class WireLimits
{
    public const int MarkerLength = 16;
    public const int HeaderLength = 19;
    public const int MaximumMessageLength = 4096;
    public const int MaximumBodyLength = 65535 - HeaderLength;
    public const int OpenMinimumLength = 29;
    public const int UpdateMinimumLength = 23;
    public const int NotificationMinimumLength = 21;
    public const int RouteRefreshLength = 23;
}
