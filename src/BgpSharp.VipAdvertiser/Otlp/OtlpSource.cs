using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>What is exported; it outlives a change of where to.</summary>
internal sealed class OtlpSource
{
    /// <summary>Writes the metrics.</summary>
    public required Action<MetricsWriter> Collect { get; init; }

    /// <summary>Those that wait.</summary>
    public required LogQueue Logs { get; init; }

    /// <summary>Of the counters.</summary>
    public required CounterStarts Starts { get; init; }

    /// <summary>Of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The node's name.</summary>
    public required string Node { get; init; }
}
