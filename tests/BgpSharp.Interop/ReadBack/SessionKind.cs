namespace BgpSharp.Interop.ReadBack;

/// <summary>The sessions of a <see cref="ReadBackLab"/>; the number is that of the master.</summary>
public enum SessionKind
{
    /// <summary>We are AS 65000, the router AS 65001.</summary>
    External = 1,

    /// <summary>Both are AS 65001.</summary>
    Internal = 2,

    /// <summary>External, and the router speaks two-octet AS numbers only.</summary>
    TwoOctet = 3,
}
