namespace BgpSharp.VipAdvertiser.Routers;

/// <summary>The VIPs of one family.</summary>
internal sealed record RouterFamily(bool IsIpv6, IReadOnlyList<IpPrefix> Prefixes, int MaximumPrefixes);
