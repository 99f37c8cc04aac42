namespace BgpSharp.VipAdvertiser;

/// <summary>The BGP side: sessions with the peers and the VIP's route.</summary>
internal interface IVipAnnouncer
{
    /// <summary>Starts the sessions; a peer that cannot be reached is tried again in the background.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Announces the VIP to every peer, now and in the future; also before the sessions are started.</summary>
    void Announce();

    /// <summary>Withdraws the VIP from every peer.</summary>
    void Withdraw();

    /// <summary>
    /// Drains what is announced, withdraws it, waits until the peers have that, and closes the sessions; bounded in time.
    /// </summary>
    Task StopAsync();
}
