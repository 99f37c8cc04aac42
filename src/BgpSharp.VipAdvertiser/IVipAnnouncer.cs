using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser;

/// <summary>The BGP side: sessions with the peers, and the routes of the VIPs.</summary>
internal interface IVipAnnouncer
{
    IReadOnlyList<PeerStatus> Peers { get; }

    /// <summary>What BFD runs on; null: no peer has had any.</summary>
    BfdThreadStatus? BfdThread { get; }

    /// <summary>The flight recorder of a peer as MRT; null: there is no such peer.</summary>
    byte[]? RecordingOf(string peer);

    /// <summary>Starts the sessions, or brings them in line with other options; a session whose OPEN stays the same stays up.</summary>
    /// <returns>A peer that cannot be reached is tried again in the background.</returns>
    Task ApplyAsync(AdvertiserOptions options, CancellationToken cancellationToken);

    /// <summary>Announces exactly these routes to every peer, now and in the future; also before the sessions are started.</summary>
    void SetRoutes(IReadOnlyList<BgpRoute> routes);

    /// <summary>Waits until every peer with a session has all of that.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Drains what is announced, withdraws it, waits until the peers have that, and closes the sessions; bounded in time.
    /// <see cref="ApplyAsync"/> starts them again.
    /// </summary>
    /// <param name="message">The text for the routers' operators; null: the configured one.</param>
    /// <param name="cancellationToken">Makes the rest of it immediate.</param>
    Task StopAsync(string? message, CancellationToken cancellationToken);
}
