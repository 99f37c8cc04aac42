namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Metrics and logs over OTLP.</summary>
internal sealed class OtlpOptions
{
    /// <summary>The paths of the two are below it.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Between two exports of the metrics.</summary>
    public required TimeSpan Interval { get; init; }

    public required bool Metrics { get; init; }

    public required bool Logs { get; init; }

    /// <summary>Null: none.</summary>
    public OtlpHeaders? Headers { get; init; }

    public GateTlsOptions Tls { get; init; } = GateTlsOptions.None;

    /// <summary>Null: the program's.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Beside what the program says of itself, or in place of it.</summary>
    public IReadOnlyList<(string Name, string Value)> ResourceAttributes { get; init; } = [];

    /// <summary>What it was read from: two with the same texts are the same.</summary>
    public IReadOnlyList<string?> Texts { get; init; } = [];
}
