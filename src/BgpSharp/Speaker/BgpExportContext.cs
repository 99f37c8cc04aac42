using System.Net;

namespace BgpSharp;

/// <summary>What an export rule of a peer is asked about: one of our routes, and the peer it would be sent to.</summary>
/// <remarks>
/// The rule must be pure: the same route gives the same answer for as long as the session lasts. It is asked while the
/// speaker's routes are locked, so it must be quick and must not call back into the speaker. Routes for which it answers
/// with one attributes object, or equal ones, travel in one UPDATE.
/// </remarks>
public readonly struct BgpExportContext
{
    internal BgpExportContext(IpPrefix prefix, BgpRouteAttributes attributes, IPAddress peerAddress, Asn remoteAsn, bool isInternal)
    {
        Prefix = prefix;
        Attributes = attributes;
        PeerAddress = peerAddress;
        RemoteAsn = remoteAsn;
        IsInternal = isInternal;
    }

    /// <summary>The prefix.</summary>
    public IpPrefix Prefix { get; }

    /// <summary>The attributes as they were announced, before the local AS is prepended and the next hop filled in.</summary>
    public BgpRouteAttributes Attributes { get; }

    /// <summary>The peer's address.</summary>
    public IPAddress PeerAddress { get; }

    /// <summary>The peer's AS.</summary>
    public Asn RemoteAsn { get; }

    /// <summary>Whether the peer is in our own AS (RFC 4271 §1.1).</summary>
    public bool IsInternal { get; }

    /// <summary>The route and the peer.</summary>
    /// <returns>For example <c>203.0.113.10/32 to 198.51.100.1 (AS 65001)</c>.</returns>
    public override string ToString() => $"{Prefix} to {PeerAddress} (AS {RemoteAsn})";
}
