namespace BgpSharp.Bfd;

/// <summary>Why a side last left the state Up (RFC 5880 §4.1), with the numbers of the wire.</summary>
public enum BfdDiagnostic
{
    /// <summary>Nothing to tell.</summary>
    None = 0,

    /// <summary>Nothing was heard for the detection time.</summary>
    ControlDetectionTimeExpired = 1,

    /// <summary>The echo function failed.</summary>
    EchoFunctionFailed = 2,

    /// <summary>The other side said that it is down.</summary>
    NeighborSignaledSessionDown = 3,

    /// <summary>The forwarding plane was reset.</summary>
    ForwardingPlaneReset = 4,

    /// <summary>The path is down.</summary>
    PathDown = 5,

    /// <summary>A path this one is joined to is down.</summary>
    ConcatenatedPathDown = 6,

    /// <summary>Held down on purpose.</summary>
    AdministrativelyDown = 7,

    /// <summary>A path this one is joined to is down in the other direction.</summary>
    ReverseConcatenatedPathDown = 8,
}
