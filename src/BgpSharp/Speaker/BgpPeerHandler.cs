namespace BgpSharp;

/// <summary>
/// Is told of one peer's sessions and UPDATEs. Calls are serial and in the order of the wire: established, updates, down.
/// They are made on the loop that reads the connection, so a call that takes long holds the peer back by TCP itself; one
/// that takes longer than the hold time costs the session. New methods may be added; they do nothing by default.
/// </summary>
public abstract class BgpPeerHandler
{
    /// <summary>A session was established.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancelled when the session ends.</param>
    /// <returns>Completes when the next call may be made.</returns>
    public virtual ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>An UPDATE was received and found usable (RFC 7606).</summary>
    /// <param name="session">The session.</param>
    /// <param name="update">
    /// The UPDATE where it lies in the receive buffer: valid until the method first awaits or returns.
    /// <see cref="UpdateView.ToUpdate"/> makes an object to keep.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the session ends.</param>
    /// <returns>Completes when the next call may be made.</returns>
    public virtual ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// The peer begins to send all routes of a family again (RFC 7313): those not among them when
    /// <see cref="OnRefreshEndAsync"/> comes are gone. Only peers with enhanced route refresh say so.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Cancelled when the session ends.</param>
    /// <returns>Completes when the next call may be made.</returns>
    public virtual ValueTask OnRefreshBeginAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The peer has sent all routes of a family again (RFC 7313).</summary>
    /// <param name="session">The session.</param>
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Cancelled when the session ends.</param>
    /// <returns>Completes when the next call may be made.</returns>
    public virtual ValueTask OnRefreshEndAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// All routes of a family are gone, and none will come until the session ends: the peer sent something of it that cannot
    /// be read, and <see cref="BgpPeerOptions.DisableFamilyOnError"/> is set. By default the same is said as a refresh in
    /// which nothing comes.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Cancelled when the session ends.</param>
    /// <returns>Completes when the next call may be made.</returns>
    public virtual async ValueTask OnFamilyDisabledAsync(BgpSession session, BgpFamily family, CancellationToken cancellationToken)
    {
        await OnRefreshBeginAsync(session, family, cancellationToken).ConfigureAwait(false);
        await OnRefreshEndAsync(session, family, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Routes that were kept through a graceful restart of the peer (<see cref="BgpDownReason.FamiliesKept"/>) are gone as if
    /// withdrawn: they were not announced again before its End-of-RIB, it did not preserve forwarding, it did not come back in
    /// the restart time it asked for, or it restarted again before it had announced them. Called in a session or between two.
    /// </summary>
    /// <param name="prefixes">The prefixes.</param>
    /// <param name="cancellationToken">Cancelled when the session ends; between sessions, when a stop has no time left.</param>
    /// <returns>Completes when the next call may be made.</returns>
    public virtual ValueTask OnStaleRoutesGoneAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// The session ended; this is its last call. Routes of the peer are no longer valid, but for those received on this session
    /// of the families in <see cref="BgpDownReason.FamiliesKept"/>, which is empty without graceful restart.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Completes when a next session may be reported.</returns>
    public virtual ValueTask OnDownAsync(BgpSession session, BgpDownReason reason) => ValueTask.CompletedTask;
}
