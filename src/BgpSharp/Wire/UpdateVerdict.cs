namespace BgpSharp.Wire;

/// <summary>What is to be done with an UPDATE (RFC 7606 §2), from the mildest to the strongest.</summary>
internal enum UpdateVerdict
{
    Accept,

    /// <summary>The attributes at fault are left out, the routes stand.</summary>
    DiscardAttributes,

    /// <summary>All routes in the message are withdrawn.</summary>
    TreatAsWithdraw,

    /// <summary>The session ends with a NOTIFICATION.</summary>
    Reset,
}
