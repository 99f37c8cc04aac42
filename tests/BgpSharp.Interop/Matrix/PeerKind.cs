namespace BgpSharp.Interop.Matrix;

/// <summary>The neighbors every router of the matrix has; the number is that of the master.</summary>
internal enum PeerKind
{
    /// <summary>External, both families, the router waits to be dialled.</summary>
    Plain = 1,

    /// <summary>External, the router dials.</summary>
    Dialling = 2,

    /// <summary>Both are AS 65001.</summary>
    Internal = 3,

    /// <summary>External with a TCP-MD5 password.</summary>
    Password = 4,

    /// <summary>External with GTSM for a neighbor on the same link.</summary>
    TtlSecurity = 5,

    /// <summary>We are AS 4200000001.</summary>
    FourOctet = 6,

    /// <summary>The router does not offer four-octet AS numbers, and we are AS 70000.</summary>
    TwoOctet = 7,

    /// <summary>External, and the router takes <see cref="MatrixPlan.RouterMaximum"/> prefixes at most.</summary>
    Limited = 8,

    /// <summary>External, over IPv6.</summary>
    Ipv6 = 9,
}
