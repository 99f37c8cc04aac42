namespace BgpSharp.Interop.ReadBack;

/// <summary>GoBGP's <c>gobgp global rib -j</c>, which has no place for a second next hop.</summary>
public sealed class GobgpReadBackTests(GobgpReadBackLab lab) : ReadBackTests(lab, Expected, nextHopPair: "2001:db8::11"), IClassFixture<GobgpReadBackLab>
{
    private const string Plain = """{"type":1,"value":0} | {"type":2,"as_paths":[{"segment_type":2,"num":1,"asns":[65000]}]}""";
    private const string PlainInternal = """{"type":1,"value":0} | {"type":2,"as_paths":[]} | {"type":5,"value":100}""";

    private static readonly Dictionary<string, Shown> Expected = new()
    {
        ["origin igp"] = new(Plain),
        ["origin egp"] = new("""{"type":1,"value":1} | {"type":2,"as_paths":[{"segment_type":2,"num":1,"asns":[65000]}]}"""),
        ["origin incomplete"] = new("""{"type":1,"value":2} | {"type":2,"as_paths":[{"segment_type":2,"num":1,"asns":[65000]}]}"""),
        ["sequence"] = new(Path("""{"segment_type":2,"num":3,"asns":[65000,65010,65011]}""")),
        ["four-octet AS numbers"] = new(Path("""{"segment_type":2,"num":4,"asns":[65000,4200000001,65536,23456]}""")),
        ["set"] = new(Path("""{"segment_type":2,"num":2,"asns":[65000,65010]},{"segment_type":1,"num":2,"asns":[65011,4200000002]}""")),
        ["sequence after a set"] = new(Path(
            """{"segment_type":2,"num":1,"asns":[65000]},{"segment_type":1,"num":2,"asns":[65011,65012]},{"segment_type":2,"num":1,"asns":[65013]}""")),
        // A segment holds 255: ours is the first of them.
        ["long path"] = new(Path($$"""
            {"segment_type":2,"num":255,"asns":[65000,{{string.Join(',', SentRoutes.LongPath.Take(254))}}]},{"segment_type":2,"num":46,"asns":[{{string.Join(',', SentRoutes.LongPath.Skip(254))}}]}
            """)),
        ["med"] = new(Plain + """ | {"type":4,"metric":4294967295}"""),
        ["med 0"] = new(Plain + """ | {"type":4,"metric":0}"""),
        ["local-pref stays home"] = new(Plain),
        ["atomic aggregate"] = new(Plain + """ | {"type":6}"""),
        ["aggregator"] = new(Plain + """ | {"type":7,"as":65010,"address":"198.51.100.1"}"""),
        ["aggregator of four octets"] = new(Plain + """ | {"type":7,"as":4200000001,"address":"198.51.100.2"}"""),
        ["communities"] = new(Plain + """ | {"type":8,"communities":[4259840100,4259971071,1]}"""),
        ["well-known communities"] = new(Plain + """ | {"type":8,"communities":[4294967041,4294901760,4294901767,4294902426]}"""),
        ["many communities"] = new(Plain + $$""" | {"type":8,"communities":[{{string.Join(',', Enumerable.Range(1, 100).Select(i => (65000u << 16) + (uint)i))}}]}"""),
        ["route targets"] = new(Plain
            + """ | {"type":16,"value":[{"type":0,"subtype":2,"value":"65000:100"},{"type":1,"subtype":2,"value":"198.51.100.1:200"},{"type":2,"subtype":2,"value":"64086.59905:300"}]}"""),
        ["route origins"] = new(Plain
            + """ | {"type":16,"value":[{"type":0,"subtype":3,"value":"65000:100"},{"type":1,"subtype":3,"value":"198.51.100.1:200"},{"type":2,"subtype":3,"value":"64086.59905:300"}]}"""),
        ["link bandwidth"] = new(Plain + """ | {"type":16,"value":[{"type":64,"subtype":4,"asn":65000,"bandwidth":100000000}]}"""),
        ["transitive link bandwidth"] = new(
            Plain + """ | {"type":16,"value":[{"type":64,"subtype":4,"asn":65000,"bandwidth":100000000}]}""", "GoBGP shows both forms with type 64"),
        ["opaque communities"] = new(Plain + """ | {"type":16,"value":[{"type":3,"subtype":11,"color":50595078},{"type":3,"subtype":12,"tunnel_type":13}]}"""),
        ["ipv6 extended communities"] = new(Plain + """ | {"type":25,"value":[{"type":0,"subtype":2,"value":"2001:db8::1:100"}]}"""),
        ["large communities"] = new(Plain
            + """ | {"type":32,"value":[{"ASN":65000,"LocalData1":1,"LocalData2":2},{"ASN":4294967295,"LocalData1":4294967295,"LocalData2":4294967295}]}"""),
        // Types GoBGP does not know come with their flags, and the value in base 64.
        ["only to customer"] = new(Plain + """ | {"flags":192,"type":35,"value":"AAD96A=="}"""),
        ["unknown attribute"] = new(Plain + """ | {"flags":192,"type":200,"value":"AQIDBAU="}"""),
        ["long unknown attribute"] = new(Plain + $$""" | {"flags":208,"type":201,"value":"{{Convert.ToBase64String([.. Enumerable.Repeat((byte)0xAB, 300)])}}"}"""),
        ["aigp stays home"] = new(Plain),
        ["originator and clusters stay home"] = new(Plain),
        ["all at once"] = new("""{"type":1,"value":1} | {"type":2,"as_paths":[{"segment_type":2,"num":2,"asns":[65000,65010]},{"segment_type":1,"num":2,"asns":[65011,65012]}]}"""
            + """ | {"type":4,"metric":10} | {"type":6} | {"type":7,"as":4200000001,"address":"198.51.100.2"} | {"type":8,"communities":[4259840100,4294967041]}"""
            + """ | {"type":16,"value":[{"type":0,"subtype":2,"value":"65000:100"}]} | {"type":32,"value":[{"ASN":65000,"LocalData1":1,"LocalData2":2}]}"""
            + """ | {"flags":192,"type":200,"value":"AQIDBAU="}"""),
        ["empty path and default local-pref"] = new(PlainInternal),
        ["local-pref"] = new("""{"type":1,"value":0} | {"type":2,"as_paths":[]} | {"type":5,"value":4294967295}"""),
        ["confederation sequence"] = new(
            Path("""{"segment_type":3,"num":2,"asns":[65101,4200000003]},{"segment_type":2,"num":1,"asns":[65010]}""") + """ | {"type":5,"value":100}"""),
        ["confederation set"] = new(
            Path("""{"segment_type":3,"num":1,"asns":[65101]},{"segment_type":4,"num":2,"asns":[65102,65103]},{"segment_type":2,"num":1,"asns":[65010]}""")
            + """ | {"type":5,"value":100}"""),
        ["originator and clusters"] = new(PlainInternal + """ | {"type":9,"value":"198.51.100.55"} | {"type":10,"value":["198.51.100.56","198.51.100.57"]}"""),
        ["aigp"] = new(PlainInternal + """ | {"type":26,"value":[{"type":1,"metric":123}]}"""),
        ["internal link bandwidth"] = new(PlainInternal + """ | {"type":16,"value":[{"type":64,"subtype":4,"asn":65000,"bandwidth":100000000}]}"""),
    };

    public static TheoryData<string> Routes => Names(ReadBackLab.NothingWithheld, SessionKind.External, SessionKind.Internal);

    // Without the two-octet session: see GobgpReadBackLab.
    [Theory]
    [MemberData(nameof(Routes))]
    public Task GoBGP_shows(string route) => IsShownAsync(route);

    private static string Path(string segments) => $$"""{"type":1,"value":0} | {"type":2,"as_paths":[{{segments.Trim()}}]}""";
}
