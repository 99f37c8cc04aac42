namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Who is shown /status, which names peers and failures.</summary>
internal enum StatusAccess
{
    /// <summary>Clients on this machine, by a loopback address.</summary>
    Loopback,

    /// <summary>Whoever reaches the listener.</summary>
    All,

    /// <summary>Nobody.</summary>
    None,
}
