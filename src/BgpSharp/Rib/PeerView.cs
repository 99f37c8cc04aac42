namespace BgpSharp.Rib;

/// <summary>What a peer knows of a prefix, where that differs from what the cursor's position says.</summary>
internal enum PeerView : byte
{
    /// <summary>It was sent the prefix, and is owed what became of it.</summary>
    Sent,

    /// <summary>It was not sent the prefix.</summary>
    NotSent,

    /// <summary>It was not sent the prefix: the export rule refused.</summary>
    ExportRefused,

    /// <summary>It was not sent the prefix: there is no next hop of the prefix's family that the peer could use.</summary>
    NoUsableNextHop,

    /// <summary>It was not sent the prefix: the attributes leave no room for it in a message.</summary>
    AttributesTooLong,
}
