namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>One router: the session, and what its routes have beside those of the VIP.</summary>
internal sealed class PeerOptions
{
    public required BgpPeerOptions Session { get; init; }

    /// <summary>Communities are added to the VIP's, everything else takes its place.</summary>
    public required RouteOptions Route { get; init; }
}
