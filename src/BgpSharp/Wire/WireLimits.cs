namespace BgpSharp.Wire;

/// <summary>Sizes that RFC 4271 fixes, in octets.</summary>
public static class WireLimits
{
    /// <summary>The marker at the start of a header.</summary>
    public const int MarkerLength = 16;

    /// <summary>A header.</summary>
    public const int HeaderLength = 19;

    /// <summary>The longest message, header included, unless more was agreed on.</summary>
    public const int MaximumMessageLength = 4096;

    /// <summary>The longest message where extended messages were agreed on (RFC 8654); not of an OPEN or KEEPALIVE.</summary>
    public const int ExtendedMessageLength = 65535;

    internal const int MaximumBodyLength = ExtendedMessageLength - HeaderLength;
    internal const int OpenMinimumLength = 29;
    internal const int UpdateMinimumLength = 23;
    internal const int NotificationMinimumLength = 21;
    internal const int RouteRefreshLength = 23;
}
