using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser;

/// <summary>What a peer's routes have beside those of the VIP.</summary>
internal static class PeerExport
{
    /// <summary>Null: nothing.</summary>
    public static Func<BgpExportContext, BgpRouteAttributes?>? Make(RouteOptions options, Asn localAsn)
    {
        if (options.IsSameAs(RouteOptions.None))
        {
            return null;
        }

        return context => Attributes(options, context.Attributes, context.Prefix.Address.AddressFamily, localAsn);
    }

    /// <summary>A route's attributes as the peer is sent them.</summary>
    public static BgpRouteAttributes Attributes(RouteOptions options, BgpRouteAttributes attributes, AddressFamily family, Asn localAsn) => new(attributes)
    {
        Communities = [.. attributes.Communities.Union(options.Communities)],
        LargeCommunities = [.. attributes.LargeCommunities.Union(options.LargeCommunities)],
        Med = options.Med ?? attributes.Med,
        LocalPref = options.LocalPreference ?? attributes.LocalPref,
        AsPath = options.Prepend is null ? attributes.AsPath : VipRoute.Prepended(options, localAsn),
        NextHop = VipRoute.NextHopFor(options, family) ?? attributes.NextHop,
    };
}
