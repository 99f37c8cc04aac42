using System.Net;
using System.Net.Sockets;
using BgpSharp.Bfd;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Routers;

/// <summary>This host as one of its routers sees it: what the router's configuration is made of.</summary>
internal sealed class RouterNeighbour
{
    /// <summary>More than there will be, so that a further VIP resets no session.</summary>
    private const int LeastPrefixes = 10;

    private RouterNeighbour(AdvertiserOptions options, BgpPeerOptions session, IPAddress hostAddress, IReadOnlyList<IPAddress> vips)
    {
        RouterAddress = session.Address;
        RouterPort = session.Port;
        RouterAsn = session.RemoteAsn;
        HostAddress = hostAddress;
        HostAsn = options.LocalAsn;
        HasPassword = session.Password is not null;
        HoldSeconds = (int)session.HoldTime.TotalSeconds;
        KeepaliveSeconds = Math.Max(1, Math.Min((int)(session.KeepaliveInterval?.TotalSeconds ?? HoldSeconds), HoldSeconds / 3));
        TtlSecurityHops = session.TtlSecurityHops;
        Hops = session.TimeToLive is > 1 and var ttl && !IsInternal ? ttl : null;
        Bfd = session.Bfd;
        Unresolved = [.. options.Vips.Where(vip => vip.Address is null).Select(vip => vip.Name)];
        Families =
        [
            .. vips.Distinct().GroupBy(vip => vip.AddressFamily).OrderBy(family => family.Key == AddressFamily.InterNetworkV6)
                .Select(family => new RouterFamily(family.Key == AddressFamily.InterNetworkV6, [.. family.Select(IpPrefix.Host)], Math.Max(LeastPrefixes, 2 * family.Count()))),
        ];
    }

    public IPAddress RouterAddress { get; }
    public int RouterPort { get; }
    public Asn RouterAsn { get; }
    public IPAddress HostAddress { get; }
    public Asn HostAsn { get; }
    public bool IsInternal => RouterAsn == HostAsn;
    public bool HasPassword { get; }
    public int HoldSeconds { get; }
    public int KeepaliveSeconds { get; }
    public int? TtlSecurityHops { get; }

    /// <summary>How many hops away an external peer may be, when that is more than one.</summary>
    public int? Hops { get; }

    public BfdOptions? Bfd { get; }

    public IReadOnlyList<RouterFamily> Families { get; }

    /// <summary>The VIPs that are names.</summary>
    public IReadOnlyList<string> Unresolved { get; }

    /// <param name="options">This host's configuration.</param>
    /// <param name="peer">The router.</param>
    /// <param name="hostAddress">Where the session comes from.</param>
    /// <param name="resolved">What the VIPs that are names are at the moment.</param>
    public static RouterNeighbour Make(AdvertiserOptions options, PeerOptions peer, IPAddress hostAddress, IReadOnlyList<IPAddress> resolved) =>
        new(options, peer.Session, hostAddress, [.. options.Vips.Select(vip => vip.Address).OfType<IPAddress>(), .. resolved]);
}
