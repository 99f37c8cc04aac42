namespace BgpSharp.VipAdvertiser.Status;

/// <summary>How much of it an operator has to care about.</summary>
internal enum TroubleLevel
{
    /// <summary>It is as it should be.</summary>
    None,

    /// <summary>Traffic still comes, but something is not as configured, or somebody asked for it.</summary>
    Warning,

    /// <summary>This node gets no traffic that it should get.</summary>
    Bad,
}
