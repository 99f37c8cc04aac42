using System.Net;

namespace BgpSharp.Interop.ReadBack;

/// <summary>Every attribute the library can encode, in routes of one or a few each.</summary>
internal static class SentRoutes
{
    private const byte OptionalTransitive = 0xC0;

    private static readonly Aggregator s_aggregator = new(65010, BgpIdentifier.Parse("198.51.100.1"));
    private static readonly Aggregator s_fourOctetAggregator = new(4200000001, BgpIdentifier.Parse("198.51.100.2"));

    /// <summary>More than the 255 AS numbers of one segment.</summary>
    public static readonly IReadOnlyList<Asn> LongPath = [.. Enumerable.Range(0, 300).Select(i => new Asn(4200001000 + (uint)i))];

    public static readonly IReadOnlyList<SentRoute> All =
    [
        External("origin igp", new()),
        External("origin egp", new() { Origin = BgpOrigin.Egp }),
        External("origin incomplete", new() { Origin = BgpOrigin.Incomplete }),
        External("sequence", new() { AsPath = new AsPath(65010, 65011) }),
        External("four-octet AS numbers", new() { AsPath = new AsPath(4200000001, 65536, 23456) }),
        External("set", new() { AsPath = AsPath.FromSegments(Sequence(65010), Set(65011, 4200000002)) }),
        External("sequence after a set", new() { AsPath = AsPath.FromSegments(Set(65011, 65012), Sequence(65013)) }),
        External("long path", new() { AsPath = new AsPath([.. LongPath]) }),
        External("med", new() { Med = 4294967295 }),
        External("med 0", new() { Med = 0 }),
        External("local-pref stays home", new() { LocalPref = 200 }),
        External("atomic aggregate", new() { AtomicAggregate = true }),
        External("aggregator", new() { Aggregator = s_aggregator }),
        External("aggregator of four octets", new() { Aggregator = s_fourOctetAggregator }),
        External("communities", new() { Communities = [new(65000, 100), new(65001, 65535), new(0, 1)] }),
        External("well-known communities", new() { Communities = [Community.NoExport, Community.GracefulShutdown, Community.NoLlgr, Community.Blackhole] }),
        External("many communities", new() { Communities = [.. Enumerable.Range(1, 100).Select(i => new Community(65000, (ushort)i))] }),
        External("route targets", new() { ExtendedCommunities = [new(0x0002_FDE8_0000_0064), new(0x0102_C633_6401_00C8), new(0x0202_FA56_EA01_012C)] }),
        External("route origins", new() { ExtendedCommunities = [new(0x0003_FDE8_0000_0064), new(0x0103_C633_6401_00C8), new(0x0203_FA56_EA01_012C)] }),
        External("link bandwidth", new() { ExtendedCommunities = [new(0x4004_FDE8_4CBE_BC20)] }),
        External("transitive link bandwidth", new() { ExtendedCommunities = [new(0x0004_FDE8_4CBE_BC20)] }),
        External("opaque communities", new() { ExtendedCommunities = [new(0x030B_0102_0304_0506), new(0x030C_0000_0000_000D)] }),
        External("ipv6 extended communities", new() { Ipv6ExtendedCommunities = [new(0, 2, IPAddress.Parse("2001:db8::1"), 100)] }),
        External("large communities", new() { LargeCommunities = [new(65000, 1, 2), new(uint.MaxValue, uint.MaxValue, uint.MaxValue)] }),
        External("only to customer", new() { OnlyToCustomer = 65000 }),
        External("unknown attribute", new() { Others = [Raw(OptionalTransitive, 200, "0102030405")] }),
        External("long unknown attribute", new() { Others = [Raw(OptionalTransitive, 201, string.Concat(Enumerable.Repeat("AB", 300)))] }),
        External("aigp stays home", new() { Aigp = 123 }),
        External("originator and clusters stay home", new()
        {
            OriginatorId = BgpIdentifier.Parse("198.51.100.55"),
            ClusterList = [BgpIdentifier.Parse("198.51.100.56")],
        }),
        External("all at once", new()
        {
            Origin = BgpOrigin.Egp,
            AsPath = AsPath.FromSegments(Sequence(65010), Set(65011, 65012)),
            Med = 10,
            Communities = [new(65000, 100), Community.NoExport],
            AtomicAggregate = true,
            Aggregator = s_fourOctetAggregator,
            ExtendedCommunities = [new(0x0002_FDE8_0000_0064)],
            LargeCommunities = [new(65000, 1, 2)],
            Others = [Raw(OptionalTransitive, 200, "0102030405")],
        }),

        Internal("empty path and default local-pref", new()),
        Internal("local-pref", new() { LocalPref = 4294967295 }),
        Internal("confederation sequence", new() { AsPath = AsPath.FromSegments(Confed(65101, 4200000003), Sequence(65010)) }),
        Internal("confederation set", new()
        {
            AsPath = AsPath.FromSegments(Confed(65101), new AsPathSegment(AsPathSegmentType.ConfedSet, 65102, 65103), Sequence(65010)),
        }),
        Internal("originator and clusters", new()
        {
            OriginatorId = BgpIdentifier.Parse("198.51.100.55"),
            ClusterList = [BgpIdentifier.Parse("198.51.100.56"), BgpIdentifier.Parse("198.51.100.57")],
        }),
        Internal("aigp", new() { Aigp = 123 }),
        Internal("internal link bandwidth", new() { ExtendedCommunities = [new(0x4004_FDE8_4CBE_BC20)] }),

        TwoOctet("old: two-octet path", new() { AsPath = new AsPath(65010, 65011) }),
        TwoOctet("old: four-octet path", new() { AsPath = new AsPath(4200000001, 65536, 65010) }),
        TwoOctet("old: four-octet set", new() { AsPath = AsPath.FromSegments(Sequence(65010), Set(65011, 4200000002)) }),
        TwoOctet("old: aggregator", new() { Aggregator = s_aggregator }),
        TwoOctet("old: aggregator of four octets", new()
        {
            AsPath = new AsPath(65010, 4200000001),
            Aggregator = s_fourOctetAggregator,
        }),
    ];

    public static SentRoute Find(string name) => All.Single(route => route.Name == name);

    public static IEnumerable<SentRoute> Of(SessionKind session) => All.Where(route => route.Over == session);

    /// <summary>Where a route's number becomes its prefixes: 203.0.113.N/32 and 2001:db8:N::/48.</summary>
    public static IpPrefix PrefixOf(string name, BgpFamily family)
    {
        var number = All.TakeWhile(route => route.Name != name).Count() + 1;
        return family == BgpFamily.Ipv4Unicast
            ? IpPrefix.Create(new IPAddress([203, 0, 113, (byte)number]), 32)
            : IpPrefix.Parse($"2001:db8:{number:x}::/48");
    }

    private static SentRoute External(string name, BgpRouteAttributes attributes) => new(name, SessionKind.External, attributes);

    private static SentRoute Internal(string name, BgpRouteAttributes attributes) => new(name, SessionKind.Internal, attributes);

    private static SentRoute TwoOctet(string name, BgpRouteAttributes attributes) => new(name, SessionKind.TwoOctet, attributes);

    private static AsPathSegment Sequence(params Asn[] asns) => new(AsPathSegmentType.Sequence, asns);

    private static AsPathSegment Set(params Asn[] asns) => new(AsPathSegmentType.Set, asns);

    private static AsPathSegment Confed(params Asn[] asns) => new(AsPathSegmentType.ConfedSequence, asns);

    private static RawPathAttribute Raw(byte flags, byte type, string hex) =>
        new(flags, type, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
}
