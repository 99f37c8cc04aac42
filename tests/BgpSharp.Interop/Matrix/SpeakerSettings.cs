namespace BgpSharp.Interop.Matrix;

/// <summary>What of our end of a session differs from test to test.</summary>
internal sealed record SpeakerSettings
{
    public BgpConnectMode Mode { get; init; } = BgpConnectMode.Active;

    /// <summary>Whether there is a listener on port 179.</summary>
    public bool Listens { get; init; }

    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(90);

    public string? Password { get; init; }

    public BgpGracefulRestartOptions? GracefulRestart { get; init; }

    public int? TtlSecurityHops { get; init; }

    /// <summary>The most IPv4 prefixes to take.</summary>
    public int? Maximum { get; init; }
}
