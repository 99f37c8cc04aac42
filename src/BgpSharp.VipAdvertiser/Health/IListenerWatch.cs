namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Notices that a listening socket is gone, much earlier than the next check would.</summary>
internal interface IListenerWatch
{
    /// <summary>Watches until it is cancelled.</summary>
    /// <param name="ended">Called when it may have ended: sometimes in vain.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task RunAsync(Action ended, CancellationToken cancellationToken);
}
