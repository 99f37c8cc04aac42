namespace BgpSharp.Mrt;

/// <summary>Subtypes of <see cref="MrtType.LegacyBgp"/> (RFC 6396 appendix B.2.5).</summary>
public enum LegacyBgpSubtype : ushort
{
    /// <summary>Nothing.</summary>
    Null = 0,

    /// <summary>An UPDATE.</summary>
    Update = 1,

    /// <summary>An UPDATE from a file of preferred routes; not used.</summary>
    PreferredUpdate = 2,

    /// <summary>A change of state.</summary>
    StateChange = 3,

    /// <summary>The name of a file with a table.</summary>
    Sync = 4,

    /// <summary>An OPEN.</summary>
    Open = 5,

    /// <summary>A NOTIFICATION.</summary>
    Notification = 6,

    /// <summary>A KEEPALIVE.</summary>
    Keepalive = 7,
}
