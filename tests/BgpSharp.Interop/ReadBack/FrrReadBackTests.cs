namespace BgpSharp.Interop.ReadBack;

/// <summary>FRR's <c>show bgp ... json</c>.</summary>
public sealed class FrrReadBackTests(FrrReadBackLab lab) : ReadBackTests(lab, Expected, nextHopPair: "2001:db8::11 fe80::11"), IClassFixture<FrrReadBackLab>
{
    private const string Plain = "aspath: 65000 | origin: IGP";
    private const string PlainInternal = "aspath: Local | origin: IGP | locPrf: 100";
    private const string Ignored = "the router announced no capability, but saw that we can four octets, and ignores what two-octet speakers send (RFC 6793 §4.1)";

    // FRR sorts communities and sets.
    private static readonly Dictionary<string, Shown> Expected = new()
    {
        ["origin igp"] = new(Plain),
        ["origin egp"] = new("aspath: 65000 | origin: EGP"),
        ["origin incomplete"] = new("aspath: 65000 | origin: incomplete"),
        ["sequence"] = new("aspath: 65000 65010 65011 | origin: IGP"),
        ["four-octet AS numbers"] = new("aspath: 65000 4200000001 65536 23456 | origin: IGP"),
        ["set"] = new("aspath: 65000 65010 {65011,4200000002} | origin: IGP"),
        ["sequence after a set"] = new("aspath: 65000 {65011,65012} 65013 | origin: IGP"),
        ["long path"] = new($"aspath: 65000 {string.Join(' ', SentRoutes.LongPath)} | origin: IGP"),
        ["med"] = new($"{Plain} | metric: 4294967295"),
        ["med 0"] = new($"{Plain} | metric: 0"),
        ["local-pref stays home"] = new(Plain),
        ["atomic aggregate"] = new($"{Plain} | atomicAggregate: True"),
        ["aggregator"] = new("aspath: 65000 | aggregatorAs: 65010 | aggregatorId: 198.51.100.1 | origin: IGP"),
        ["aggregator of four octets"] = new("aspath: 65000 | aggregatorAs: 4200000001 | aggregatorId: 198.51.100.2 | origin: IGP"),
        ["communities"] = new($"{Plain} | community: 0:1 65000:100 65001:65535"),
        // FRR itself sets LOCAL_PREF 0 for graceful-shutdown (RFC 8326 §4.3).
        ["well-known communities"] = new($"{Plain} | locPrf: 0 | community: graceful-shutdown no-llgr blackhole no-export"),
        ["many communities"] = new($"{Plain} | community: {string.Join(' ', Enumerable.Range(1, 100).Select(i => $"65000:{i}"))}"),
        ["route targets"] = new($"{Plain} | extendedCommunity: RT:65000:100 RT:198.51.100.1:200 RT:4200000001:300"),
        ["route origins"] = new($"{Plain} | extendedCommunity: SoO:65000:100 SoO:198.51.100.1:200 SoO:4200000001:300"),
        ["link bandwidth"] = new($"{Plain} | extendedCommunity: LB:65000:100000000 (800.000 Mbps)"),
        ["transitive link bandwidth"] = new($"{Plain} | extendedCommunity: LB:65000:100000000 (800.000 Mbps)"),
        ["opaque communities"] = new($"{Plain} | extendedCommunity: UNK:3, 0 ET:13", "FRR has no words for a color and shows its type and flags alone"),
        ["ipv6 extended communities"] = new(Plain, "FRR keeps them and shows them nowhere"),
        ["large communities"] = new($"{Plain} | largeCommunity: 65000:1:2 4294967295:4294967295:4294967295"),
        ["only to customer"] = new($"{Plain} | otc: 65000"),
        ["unknown attribute"] = new(Plain, "FRR passes unknown transitive attributes on and shows none"),
        ["long unknown attribute"] = new(Plain, "FRR passes unknown transitive attributes on and shows none"),
        ["aigp stays home"] = new(Plain),
        ["originator and clusters stay home"] = new(Plain),
        ["all at once"] = new("aspath: 65000 65010 {65011,65012} | aggregatorAs: 4200000001 | aggregatorId: 198.51.100.2 | origin: EGP | metric: 10"
            + " | atomicAggregate: True | community: 65000:100 no-export | extendedCommunity: RT:65000:100 | largeCommunity: 65000:1:2",
            "FRR passes unknown transitive attributes on and shows none"),
        ["empty path and default local-pref"] = new(PlainInternal),
        ["local-pref"] = new("aspath: Local | origin: IGP | locPrf: 4294967295"),
        ["confederation sequence"] = new("aspath: (65101 4200000003) 65010 | origin: IGP | locPrf: 100"),
        ["confederation set"] = new("aspath: (65101) [65102,65103] 65010 | origin: IGP | locPrf: 100"),
        ["originator and clusters"] = new($"{PlainInternal} | originatorId: 198.51.100.55 | clusterList: 198.51.100.56 198.51.100.57"),
        ["aigp"] = new(PlainInternal, "FRR knows AIGP from 9.0 on and drops an unknown attribute that is not transitive"),
        ["internal link bandwidth"] = new($"{PlainInternal} | extendedCommunity: LB:65000:100000000 (800.000 Mbps)"),
        ["old: two-octet path"] = new("aspath: 65000 65010 65011 | origin: IGP"),
        ["old: four-octet path"] = new("aspath: 65000 23456 23456 65010 | origin: IGP", Ignored),
        ["old: four-octet set"] = new("aspath: 65000 65010 {23456,65011} | origin: IGP", Ignored),
    };

    public static TheoryData<string> Routes => Names(FrrReadBackLab.AggregatorsWithheld, SessionKind.External, SessionKind.Internal, SessionKind.TwoOctet);

    [Theory]
    [MemberData(nameof(Routes))]
    public Task FRR_shows(string route) => IsShownAsync(route);
}
