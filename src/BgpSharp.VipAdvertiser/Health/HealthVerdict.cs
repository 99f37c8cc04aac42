namespace BgpSharp.VipAdvertiser.Health;

/// <summary>What is known about the service behind the VIP.</summary>
internal enum HealthVerdict
{
    /// <summary>No check has ended yet.</summary>
    Unknown,
    Healthy,
    Unhealthy,
}
