namespace BgpSharp.Wire;

/// <summary>What is to be done with an UPDATE (RFC 7606 §2), from the mildest to the strongest.</summary>
public enum UpdateVerdict
{
    /// <summary>Nothing is wrong.</summary>
    Accept,

    /// <summary>The attributes at fault are left out, the routes stand.</summary>
    DiscardAttributes,

    /// <summary>All routes in the message are withdrawn.</summary>
    TreatAsWithdraw,

    /// <summary>
    /// All routes of one family are gone and later ones are ignored; the rest of the message stands. Only given where
    /// <see cref="WireContext.PreferDisableFamily"/> asks for it.
    /// </summary>
    DisableFamily,

    /// <summary>The session ends with a NOTIFICATION.</summary>
    Reset,
}
