namespace BgpSharp.Mrt;

/// <summary>What a record holds, and so which view reads it.</summary>
public enum MrtKind
{
    /// <summary>Something no view reads: an unknown type, another protocol, an obsolete subtype.</summary>
    Other,

    /// <summary>One route of a table: <see cref="MrtTableDump"/>.</summary>
    TableDump,

    /// <summary>The peers of a table: <see cref="MrtPeerIndexTable"/>.</summary>
    PeerIndexTable,

    /// <summary>The routes of a prefix: <see cref="MrtRib"/>.</summary>
    Rib,

    /// <summary>A BGP message: <see cref="MrtMessage"/>.</summary>
    Message,

    /// <summary>A change of a session's state: <see cref="MrtStateChange"/>.</summary>
    StateChange,
}
