using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Rib;

/// <summary>What a session makes of the attributes of an originated route (RFC 4271 §5.1, §9.1.3). Immutable, pure.</summary>
internal sealed class OutboundPolicy
{
    private const uint DefaultLocalPref = 100;

    public required Asn LocalAsn { get; init; }

    public required Asn RemoteAsn { get; init; }

    /// <summary>The session's local address: the next hop of routes that name none.</summary>
    public required IPAddress LocalAddress
    {
        get;
        init => field = Plain(value);
    }

    public required IPAddress PeerAddress
    {
        get;
        init => field = Plain(value);
    }

    /// <summary>The user's rule; null result: do not send.</summary>
    public Func<BgpExportContext, BgpRouteAttributes?>? Export { get; init; }

    public bool IsInternal => LocalAsn == RemoteAsn;

    /// <summary>The attributes to send a route with; null: it is not sent.</summary>
    public BgpRouteAttributes? Apply(IpPrefix prefix, BgpRouteAttributes attributes) =>
        ApplyExport(prefix, attributes) is { } exported ? Rewrite(prefix.Family, exported) : null;

    /// <summary>The part that may depend on the prefix.</summary>
    public BgpRouteAttributes? ApplyExport(IpPrefix prefix, BgpRouteAttributes attributes) =>
        Export is null ? attributes : Export(new BgpExportContext(prefix, attributes, PeerAddress, RemoteAsn, IsInternal));

    /// <summary>The part that depends on the family alone; null: no usable next hop.</summary>
    /// <param name="family">The family of the prefixes.</param>
    /// <param name="attributes">What the user's rule let through.</param>
    /// <param name="leaving">Traffic is to leave: GRACEFUL_SHUTDOWN, and the least LOCAL_PREF within the AS (RFC 8326).</param>
    public BgpRouteAttributes? Rewrite(BgpFamily family, BgpRouteAttributes attributes, bool leaving = false)
    {
        var nextHop = Plain(attributes.NextHop ?? LocalAddress);
        var expected = family == BgpFamily.Ipv4Unicast ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

        // A peer is never named as its own next hop (RFC 4271 §5.1.3).
        if (nextHop.AddressFamily != expected || nextHop.Equals(PeerAddress))
        {
            return null;
        }

        var sent = new BgpRouteAttributes(attributes)
        {
            AsPath = IsInternal ? attributes.AsPath : attributes.AsPath.Prepend(LocalAsn),
            NextHop = nextHop,
            LocalPref = !IsInternal ? null : leaving ? 0 : attributes.LocalPref ?? DefaultLocalPref,
            Communities = leaving && !attributes.Communities.Contains(Community.GracefulShutdown)
                ? [.. attributes.Communities, Community.GracefulShutdown]
                : attributes.Communities,
            Others = attributes.IsReceived ? PassedOn(attributes.Others) : attributes.Others,
        };
        return IsInternal ? sent : WithoutInternal(sent);
    }

    // What stays within an AS (RFC 4456 §8, RFC 7311 §3.4).
    private static BgpRouteAttributes WithoutInternal(BgpRouteAttributes attributes) =>
        attributes.OriginatorId is null && attributes.ClusterList.Count == 0 && attributes.Aigp is null && attributes.AigpTlvs.IsEmpty
            ? attributes
            : new(attributes) { OriginatorId = null, ClusterList = [], Aigp = null, AigpTlvs = default };

    // Attributes of a peer that nobody here understands: transitive ones go on and say so, others end here (RFC 4271 §5).
    private static IReadOnlyList<RawPathAttribute> PassedOn(IReadOnlyList<RawPathAttribute> others) =>
    [
        .. others
            .Where(other => (other.Flags & AttributeFlags.Transitive) != 0)
            .Select(other => (other.Flags & AttributeFlags.Optional) != 0 ? other.WithFlags(AttributeFlags.Partial) : other),
    ];

    // A dual-stack socket reports IPv4 addresses in their mapped form.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
