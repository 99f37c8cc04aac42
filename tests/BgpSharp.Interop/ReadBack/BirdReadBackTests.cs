namespace BgpSharp.Interop.ReadBack;

/// <summary>BIRD's <c>show route all</c>.</summary>
public sealed class BirdReadBackTests(BirdReadBackLab lab) : ReadBackTests(lab, Expected, nextHopPair: "2001:db8::11 fe80::11"), IClassFixture<BirdReadBackLab>
{
    // BIRD gives routes of external neighbors its own LOCAL_PREF.
    private const string Plain = "origin: IGP | as_path: 65000 | local_pref: 100";
    private const string TooLong = "BIRD cuts long values off";
    private const string PlainInternal = "origin: IGP | as_path: | local_pref: 100";

    private static readonly Dictionary<string, Shown> Expected = new()
    {
        ["origin igp"] = new(Plain),
        ["origin egp"] = new("origin: EGP | as_path: 65000 | local_pref: 100"),
        ["origin incomplete"] = new("origin: Incomplete | as_path: 65000 | local_pref: 100"),
        ["sequence"] = new("origin: IGP | as_path: 65000 65010 65011 | local_pref: 100"),
        ["four-octet AS numbers"] = new("origin: IGP | as_path: 65000 4200000001 65536 23456 | local_pref: 100"),
        ["set"] = new("origin: IGP | as_path: 65000 65010 {65011 4200000002} | local_pref: 100"),
        ["sequence after a set"] = new("origin: IGP | as_path: 65000 {65011 65012} 65013 | local_pref: 100"),
        ["long path"] = new($"origin: IGP | as_path: {CutOff($"65000 {string.Join(' ', SentRoutes.LongPath)}", 475)} | local_pref: 100", TooLong),
        ["med"] = new("origin: IGP | as_path: 65000 | med: 4294967295 | local_pref: 100"),
        ["med 0"] = new("origin: IGP | as_path: 65000 | med: 0 | local_pref: 100"),
        ["local-pref stays home"] = new(Plain),
        ["atomic aggregate"] = new($"{Plain} | atomic_aggr:"),
        ["aggregator"] = new($"{Plain} | aggregator: 198.51.100.1 AS65010"),
        ["aggregator of four octets"] = new($"{Plain} | aggregator: 198.51.100.2 AS4200000001"),
        ["communities"] = new($"{Plain} | community: (65000,100) (65001,65535) (0,1)"),
        ["well-known communities"] = new($"{Plain} | community: (65535,65281) (65535,0) (65535,7) (65535,666)"),
        ["many communities"] = new($"{Plain} | community: {string.Join(' ', Enumerable.Range(1, 100).Select(i => $"(65000,{i})"))}"),
        ["route targets"] = new($"{Plain} | ext_community: (rt, 65000, 100) (rt, 198.51.100.1, 200) (rt, 4200000001, 300)"),
        ["route origins"] = new($"{Plain} | ext_community: (ro, 65000, 100) (ro, 198.51.100.1, 200) (ro, 4200000001, 300)"),
        // 1287568416 is the float 100,000,000 as an integer: BIRD has no words for link bandwidth.
        ["link bandwidth"] = new($"{Plain} | ext_community: (unknown 0x4004, 65000, 1287568416)"),
        ["transitive link bandwidth"] = new($"{Plain} | ext_community: (unknown 0x4, 65000, 1287568416)"),
        ["opaque communities"] = new($"{Plain} | ext_community: (generic, 0x30b0102, 0x3040506) (generic, 0x30c0000, 0xd)"),
        ["ipv6 extended communities"] = new($"{Plain} | 19 [t]: 00 02 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 00 64"),
        ["large communities"] = new($"{Plain} | large_community: (65000, 1, 2) (4294967295, 4294967295, 4294967295)"),
        ["only to customer"] = new($"{Plain} | otc: 65000"),
        ["unknown attribute"] = new($"{Plain} | c8 [t]: 01 02 03 04 05"),
        ["long unknown attribute"] = new($"{Plain} | c9 [t]: {CutOff(string.Join(' ', Enumerable.Repeat("ab", 300)), 480)}", TooLong),
        ["aigp stays home"] = new(Plain),
        ["originator and clusters stay home"] = new(Plain),
        ["all at once"] = new("origin: EGP | as_path: 65000 65010 {65011 65012} | med: 10 | local_pref: 100 | atomic_aggr: | aggregator: 198.51.100.2 AS4200000001"
            + " | community: (65000,100) (65535,65281) | ext_community: (rt, 65000, 100) | large_community: (65000, 1, 2) | c8 [t]: 01 02 03 04 05"),
        ["empty path and default local-pref"] = new(PlainInternal),
        ["local-pref"] = new("origin: IGP | as_path: | local_pref: 4294967295"),
        ["confederation sequence"] = new("origin: IGP | as_path: (65101 4200000003) 65010 | local_pref: 100"),
        ["confederation set"] = new("origin: IGP | as_path: (65101) ({65102 65103}) 65010 | local_pref: 100"),
        ["originator and clusters"] = new($"{PlainInternal} | originator_id: 198.51.100.55 | cluster_list: 198.51.100.56 198.51.100.57"),
        ["aigp"] = new($"{PlainInternal} | aigp: 123"),
        ["internal link bandwidth"] = new($"{PlainInternal} | ext_community: (unknown 0x4004, 65000, 1287568416)"),
        // Read from AS_PATH and AS4_PATH, AGGREGATOR and AS4_AGGREGATOR.
        ["old: two-octet path"] = new("origin: IGP | as_path: 65000 65010 65011 | local_pref: 100"),
        ["old: four-octet path"] = new("origin: IGP | as_path: 65000 4200000001 65536 65010 | local_pref: 100"),
        ["old: four-octet set"] = new("origin: IGP | as_path: 65000 65010 {65011 4200000002} | local_pref: 100"),
        ["old: aggregator"] = new($"{Plain} | aggregator: 198.51.100.1 AS65010"),
        ["old: aggregator of four octets"] = new("origin: IGP | as_path: 65000 65010 4200000001 | local_pref: 100 | aggregator: 198.51.100.2 AS4200000001"),
    };

    public static TheoryData<string> Routes => Names(ReadBackLab.NothingWithheld, SessionKind.External, SessionKind.Internal, SessionKind.TwoOctet);

    [Theory]
    [MemberData(nameof(Routes))]
    public Task BIRD_shows(string route) => IsShownAsync(route);

    [Fact]
    public async Task BIRD_has_all_of_the_path_it_cuts_off()
    {
        const SessionKind session = SessionKind.External;
        await lab.ReadyAsync();
        foreach (var family in lab.FamiliesOf(session))
        {
            var prefix = SentRoutes.PrefixOf("long path", family);
            (await lab.PassesAsync(prefix, session, $"bgp_path.len = 301 && bgp_path.last = {SentRoutes.LongPath[^1]}")).Should().BeTrue();
            (await lab.PassesAsync(prefix, session, "bgp_path.len = 300")).Should().BeFalse("the filter is one");
        }
    }

    private static string CutOff(string text, int length) => $"{text[..length]}...";
}
