using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Rib;

/// <summary>What a session makes of the attributes of an originated route (RFC 4271 §5.1, §9.1.3). Immutable, pure.</summary>
internal sealed class OutboundPolicy
{
    private const uint DefaultLocalPref = 100;

    public required Asn LocalAsn { get; init; }

    public required Asn RemoteAsn { get; init; }

    /// <summary>The session's local address: the next hop of routes of its family that name none.</summary>
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

    /// <summary>The next hop of routes that name none where the local address is of another family; null: such routes are not sent.</summary>
    public IPAddress? InterfaceAddress { get; init; }

    /// <summary>Sent along with an IPv6 <see cref="InterfaceAddress"/> (RFC 2545 §3); null: nothing is.</summary>
    public IPAddress? LinkLocalAddress { get; init; }

    /// <summary>Told of the first route of each family that is not sent for want of a next hop, and why.</summary>
    public Action<BgpFamily, string>? NextHopMissing { get; init; }

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
    /// <param name="leaving">Null: traffic may stay.</param>
    public BgpRouteAttributes? Rewrite(BgpFamily family, BgpRouteAttributes attributes, Leaving? leaving = null)
    {
        if (NextHopProblem(family, attributes, out var nextHop) is not null)
        {
            return null;
        }

        var fromInterface = attributes.NextHop is null && nextHop.Equals(InterfaceAddress);

        var sent = new BgpRouteAttributes(attributes)
        {
            AsPath = IsInternal ? attributes.AsPath : attributes.AsPath.Prepend(LocalAsn),
            NextHop = nextHop,
            LinkLocalNextHop = attributes.LinkLocalNextHop ?? (fromInterface ? LinkLocalAddress : null),
            Med = leaving?.Med is { } worse && worse > (attributes.Med ?? 0) ? worse : attributes.Med,
            LocalPref = !IsInternal ? null : leaving is not null ? 0 : attributes.LocalPref ?? DefaultLocalPref,
            Communities = leaving is not null && !attributes.Communities.Contains(Community.GracefulShutdown)
                ? [.. attributes.Communities, Community.GracefulShutdown]
                : attributes.Communities,
            Others = attributes.IsReceived ? PassedOn(attributes.Others) : attributes.Others,
        };
        return IsInternal ? sent : WithoutInternal(sent);
    }

    /// <summary>Why there is no usable next hop, in words; null: there is one.</summary>
    public string? NextHopProblem(BgpFamily family, BgpRouteAttributes attributes, out IPAddress nextHop)
    {
        var expected = family == BgpFamily.Ipv4Unicast ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        if (attributes.NextHop is { } own)
        {
            nextHop = Plain(own);
            if (NextHopRule.Problem(family, nextHop) is { } problem)
            {
                return problem;
            }
        }
        else
        {
            nextHop = DefaultNextHop(expected);
            if (nextHop.AddressFamily != expected)
            {
                return $"The session's address {nextHop} is of another family, and its interface has no global address of {family}.";
            }
        }

        // A peer is never named as its own next hop (RFC 4271 §5.1.3).
        return nextHop.AddressFamily != expected ? $"The next hop {nextHop} is of another family than {family}."
            : nextHop.Equals(PeerAddress) ? $"The next hop {nextHop} is the peer itself."
            : null;
    }

    // A link-local session is no reason to send no global address where there is one (RFC 2545 §3).
    private IPAddress DefaultNextHop(AddressFamily expected) =>
        InterfaceAddress is { } other && other.AddressFamily == expected && (LocalAddress.AddressFamily != expected || LocalAddress.IsIPv6LinkLocal)
            ? other
            : LocalAddress;

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
