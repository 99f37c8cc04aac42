namespace BgpSharp.Bfd;

/// <summary>The state of a BFD session (RFC 5880 §4.1), with the numbers of the wire.</summary>
public enum BfdState
{
    /// <summary>Held down on purpose.</summary>
    AdminDown = 0,

    /// <summary>No packets come from the peer, or it does not hear ours.</summary>
    Down = 1,

    /// <summary>The peer is heard, and does not say yet that it hears us.</summary>
    Init = 2,

    /// <summary>Each side hears the other.</summary>
    Up = 3,
}
