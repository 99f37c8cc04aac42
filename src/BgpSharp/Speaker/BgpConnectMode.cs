namespace BgpSharp;

/// <summary>Who opens the TCP connection.</summary>
public enum BgpConnectMode
{
    /// <summary>Either side: the peer is dialled, and accepted where the speaker listens.</summary>
    Both,

    /// <summary>The peer is dialled and never accepted.</summary>
    Active,

    /// <summary>The peer is awaited and never dialled; the speaker must listen.</summary>
    Passive,
}
