using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BgpSharp.Hosting;

/// <summary>Healthy with enough sessions established, degraded with some, unhealthy with none.</summary>
internal sealed class SpeakerHealthCheck(BgpSpeaker speaker, int? minimumEstablished) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var peers = speaker.Peers.ToDictionary(peer => peer.Options.Address.ToString(), peer => peer.Status);
        var established = peers.Values.Count(status => status.State == BgpSessionState.Established);
        var enough = minimumEstablished ?? Math.Max(1, peers.Count);
        return Task.FromResult(new HealthCheckResult(
            established >= enough ? HealthStatus.Healthy : established > 0 ? HealthStatus.Degraded : context.Registration.FailureStatus,
            $"{established} of {peers.Count} peers are established, {enough} are enough.",
            data: peers.ToDictionary(peer => peer.Key, object (peer) => peer.Value.ToString())));
    }
}
