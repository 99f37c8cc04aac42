using BgpSharp;

namespace EcmpLab;

/// <summary>What both labs have in common.</summary>
internal static class Plan
{
    public const int Masters = 3;

    public static readonly Asn RouterAsn = 65001;

    public static readonly Asn MasterAsn = 65000;

    public static readonly IpPrefix Vip = IpPrefix.Parse("203.0.113.10/32");
}
