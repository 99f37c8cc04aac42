namespace BgpSharp.Wire;

/// <summary>A ROUTE-REFRESH (RFC 2918). The subtype is 0 for a request (RFC 7313 gives the octet its other values).</summary>
internal readonly record struct RouteRefreshMessage(BgpFamily Family, byte Subtype = 0);
