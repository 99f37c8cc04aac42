namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The check that decides whether the VIP is announced.</summary>
internal sealed class HealthOptions
{
    public required HostPort Tcp { get; init; }
    public required TimeSpan Interval { get; init; }
    public required TimeSpan Timeout { get; init; }

    /// <summary>Failures in a row that make it unhealthy.</summary>
    public required int Fall { get; init; }

    /// <summary>Successes in a row that make it healthy again.</summary>
    public required int Rise { get; init; }
}
