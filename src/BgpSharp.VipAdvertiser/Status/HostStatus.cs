namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The host at one moment.</summary>
internal sealed record HostStatus(
    DateTimeOffset Time,
    DateTimeOffset StartedAt,
    DrainPhase Drain,
    IReadOnlyList<VipStatus> Vips,
    GateStatus Gate,
    IReadOnlyList<PeerStatus> Peers,
    DateTimeOffset ConfiguredAt,
    IReadOnlyList<string> ReloadProblems)
{
    /// <summary>There is a session, and every address that should be on its interface is.</summary>
    public bool IsReady => Peers.Any(peer => peer.IsEstablished) && Vips.All(vip => vip.InPlace || !vip.Wanted);
}
