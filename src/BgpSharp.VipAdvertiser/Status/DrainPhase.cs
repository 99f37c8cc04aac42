namespace BgpSharp.VipAdvertiser.Status;

/// <summary>How far a drain has come.</summary>
internal enum DrainPhase
{
    /// <summary>None was asked for.</summary>
    None,

    /// <summary>Traffic moves away, then the routes go.</summary>
    Draining,

    /// <summary>Nothing is announced, no session is open, no VIP is on an interface.</summary>
    Drained,
}
