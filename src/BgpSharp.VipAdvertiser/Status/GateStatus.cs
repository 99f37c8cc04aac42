using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The health gate.</summary>
/// <param name="Verdict">What holds now.</param>
/// <param name="Since">When it began to hold.</param>
/// <param name="Contrary">Checks in a row that spoke against it.</param>
/// <param name="LastFailure">The last failure in words, whenever it was; null: none yet.</param>
/// <param name="History">The last changes of the verdict, oldest first.</param>
internal sealed record GateStatus(
    HealthVerdict Verdict, DateTimeOffset Since, int Contrary, string? LastFailure, IReadOnlyList<GateChange> History)
{
    /// <summary>False: nothing is checked, and it counts as healthy.</summary>
    public bool IsConfigured { get; init; }

    public long ChecksSucceeded { get; init; }
    public long ChecksFailed { get; init; }

    /// <summary>Failures since the last success.</summary>
    public long ConsecutiveFailures { get; init; }

    /// <summary>The verdict is healthy only because there is no other path (fail-static).</summary>
    public bool FailStatic { get; init; }

    /// <summary>How long the last check took; null: none has ended yet.</summary>
    public TimeSpan? ProbeDuration { get; init; }

    /// <summary>What the last check asked.</summary>
    public string? Target { get; init; }
}
