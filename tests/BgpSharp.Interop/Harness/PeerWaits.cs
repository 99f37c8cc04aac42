namespace BgpSharp.Interop.Harness;

/// <summary>Waits on a peer of ours by its own events.</summary>
internal static class PeerWaits
{
    /// <summary>Until the last end of a session, and what is with the peer since, is as wanted.</summary>
    /// <returns>Why that session ended.</returns>
    public static async Task<BgpDownReason> WaitForDownAsync(
        this BgpPeer peer, Func<BgpPeerStatus, BgpDownReason, bool> wanted, CancellationToken cancellationToken)
    {
        await foreach (var status in peer.WatchAsync(cancellationToken))
        {
            if (status.LastDown is { } reason && wanted(status, reason))
            {
                return reason;
            }
        }

        throw new InvalidOperationException("the peer was removed");
    }
}
