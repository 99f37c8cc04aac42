using System.Net;

namespace BgpSharp;

/// <summary>Where and how to open a connection.</summary>
public sealed class BgpConnectOptions
{
    /// <summary>The peer's endpoint.</summary>
    public required IPEndPoint RemoteEndPoint { get; init; }

    /// <summary>The source address; null: the system chooses.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>The interface that everything has to leave and arrive by; null: the system chooses.</summary>
    public string? SourceInterface { get; init; }

    /// <summary>TTL or hop limit of what is sent, 1 to 255; null: the system's default.</summary>
    public int? TimeToLive { get; init; }

    /// <summary>The least TTL or hop limit to accept, from the peer's first segment on, 1 to 255 (RFC 5082); null: any.</summary>
    public int? MinimumTimeToLive { get; init; }

    /// <summary>The TCP-MD5 password; null: none.</summary>
    public BgpSecret? Password { get; init; }
}
