namespace BgpSharp;

/// <summary>The ORIGIN attribute (RFC 4271 §5.1.1). Lower is preferred; ECMP needs it equal on all paths.</summary>
public enum BgpOrigin : byte
{
    /// <summary>The route is interior to the originating AS.</summary>
    Igp = 0,

    /// <summary>The route was learnt through EGP.</summary>
    Egp = 1,

    /// <summary>The route was learnt some other way.</summary>
    Incomplete = 2,
}
