namespace BgpSharp.Mrt;

/// <summary>The states in a state change (RFC 6396 §4.4.1). Recorders write others too: Quagga 7 and 8.</summary>
public enum MrtFsmState : ushort
{
    /// <summary>Idle.</summary>
    Idle = 1,

    /// <summary>Connect.</summary>
    Connect = 2,

    /// <summary>Active.</summary>
    Active = 3,

    /// <summary>OpenSent.</summary>
    OpenSent = 4,

    /// <summary>OpenConfirm.</summary>
    OpenConfirm = 5,

    /// <summary>Established.</summary>
    Established = 6,

    /// <summary>Quagga's and FRR's Clearing: a session ended and its routes are being removed.</summary>
    Clearing = 7,

    /// <summary>Quagga's and FRR's Deleted: the peer was removed from the configuration.</summary>
    Deleted = 8,
}
