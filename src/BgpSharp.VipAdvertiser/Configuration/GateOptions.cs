namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The check that decides whether the VIPs are announced.</summary>
internal sealed class GateOptions
{
    public required GateProbe Probe { get; init; }

    /// <summary>Between the starts of two checks.</summary>
    public required TimeSpan Interval { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Failures in a row that make it unhealthy.</summary>
    public required int Fall { get; init; }

    /// <summary>Successes in a row that make it healthy again.</summary>
    public required int Rise { get; init; }

    /// <summary>The part of the interval, 0 to 0.5, that each wait is made longer or shorter by chance.</summary>
    public required double Jitter { get; init; }

    /// <summary>For HTTP: answers with these codes are successes; a range has both ends in it.</summary>
    public required IReadOnlyList<(int From, int To)> ExpectedCodes { get; init; }

    /// <summary>For HTTP: 401 and 403 are successes, of which one is said: an apiserver without anonymous access is alive.</summary>
    public bool DeniedIsAlive { get; init; }

    /// <summary>For HTTP: a redirection is followed, as kube-vip does it, instead of being the answer.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>Null: HTTP only, TCP or HTTPS as <see cref="Probe"/> has it, without TLS material.</summary>
    public required GateTlsOptions Tls { get; init; }

    public required FailStaticOptions? FailStatic { get; init; }
}
