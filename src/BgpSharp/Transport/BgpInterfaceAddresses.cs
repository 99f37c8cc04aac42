using System.Net;

namespace BgpSharp;

/// <summary>Addresses of the interface a connection leaves by, for next hops of the other family. Immutable.</summary>
public sealed class BgpInterfaceAddresses
{
    /// <summary>A global IPv4 address; null: the interface has none.</summary>
    public IPAddress? Ipv4 { get; init; }

    /// <summary>A global IPv6 address; null: the interface has none.</summary>
    public IPAddress? Ipv6 { get; init; }

    /// <summary>
    /// The link-local address to send along with <see cref="Ipv6"/>; null where the interface has none or the peer is not on
    /// its subnet (RFC 2545 §3).
    /// </summary>
    public IPAddress? LinkLocal { get; init; }
}
