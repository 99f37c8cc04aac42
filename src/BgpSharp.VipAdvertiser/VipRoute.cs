using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser;

/// <summary>Route options as path attributes.</summary>
internal static class VipRoute
{
    /// <summary>The attributes of a VIP's route. ORIGIN is IGP on every master, or the router's ECMP shrinks.</summary>
    public static BgpRouteAttributes Make(RouteOptions options, IPAddress vip, Asn localAsn) => new()
    {
        Communities = options.Communities,
        LargeCommunities = options.LargeCommunities,
        Med = options.Med,
        LocalPref = options.LocalPreference,
        AsPath = Prepended(options, localAsn),
        NextHop = NextHopFor(options, vip.AddressFamily),
    };

    /// <summary>What is in front of the AS number that every external peer gets.</summary>
    public static AsPath Prepended(RouteOptions options, Asn localAsn) => new(Enumerable.Repeat(localAsn, options.Prepend ?? 0));

    public static IPAddress? NextHopFor(RouteOptions options, AddressFamily family) =>
        family == AddressFamily.InterNetwork ? options.NextHopIpv4 : options.NextHopIpv6;
}
