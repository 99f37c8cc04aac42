using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>A change of the gate's verdict.</summary>
internal sealed record GateChange(DateTimeOffset Time, HealthVerdict Verdict, string? Failure);
