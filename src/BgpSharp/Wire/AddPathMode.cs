namespace BgpSharp.Wire;

/// <summary>What the sender of an Add-Path capability can do with several paths to one prefix (RFC 7911 §4).</summary>
public enum AddPathMode : byte
{
    /// <summary>It takes several paths.</summary>
    Receive = 1,

    /// <summary>It sends several paths.</summary>
    Send = 2,

    /// <summary>It takes and sends several paths.</summary>
    SendReceive = 3,
}
