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

        return context =>
        {
            var attributes = context.Attributes;
            return new BgpRouteAttributes(attributes)
            {
                Communities = [.. attributes.Communities.Union(options.Communities)],
                LargeCommunities = [.. attributes.LargeCommunities.Union(options.LargeCommunities)],
                Med = options.Med ?? attributes.Med,
                LocalPref = options.LocalPreference ?? attributes.LocalPref,
                AsPath = options.Prepend == 0 ? attributes.AsPath : VipRoute.Prepended(options, localAsn),
                NextHop = VipRoute.NextHopFor(options, context.Prefix.Address.AddressFamily) ?? attributes.NextHop,
            };
        };
    }
}
