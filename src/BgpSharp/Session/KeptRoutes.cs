using BgpSharp.Rib;

namespace BgpSharp.Sessions;

/// <summary>
/// What a peer's handler still holds of an earlier session. The routes are touched by whoever has the handler's turn; that
/// their time is over, the driver says at any moment.
/// </summary>
internal sealed class KeptRoutes
{
    private volatile bool _expired;

    public LearntRoutes Learnt { get; } = new();

    /// <summary>Whether the time of the stale routes is over, and nobody has acted upon it yet.</summary>
    public bool IsExpired => _expired;

    public void Expire() => _expired = true;

    /// <summary>The prefixes that are gone because their time is over.</summary>
    public IReadOnlyList<IpPrefix> TakeExpired()
    {
        if (!_expired)
        {
            return [];
        }

        _expired = false;
        return Learnt.TakeStale();
    }
}
