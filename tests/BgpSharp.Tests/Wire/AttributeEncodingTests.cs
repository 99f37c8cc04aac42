using System.Net;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>Every attribute that can be written, octet for octet, on sessions of four- and of two-octet AS numbers.</summary>
public sealed class AttributeEncodingTests
{
    private const string NextHopOnly = "40 03 04 C633640B";

    // Name, attributes, what stands behind NEXT_HOP with four octets and with two.
    public static TheoryData<string, BgpRouteAttributes, string, string> BehindNextHop => new()
    {
        Both("MULTI_EXIT_DISC", new() { Med = 10 }, "80 04 04 0000000A"),
        Both("LOCAL_PREF", new() { LocalPref = 100 }, "40 05 04 00000064"),
        Both("ATOMIC_AGGREGATE", new() { AtomicAggregate = true }, "40 06 00"),
        { "AGGREGATOR", new() { Aggregator = By(65000) }, "C0 07 08 0000FDE8 C6336401", "C0 07 06 FDE8 C6336401" },
        { "AGGREGATOR of four octets", new() { Aggregator = By(4200000000) }, "C0 07 08 FA56EA00 C6336401", "C0 07 06 5BA0 C6336401  C0 12 08 FA56EA00 C6336401" },
        Both("COMMUNITIES", new() { Communities = [new(65000, 100), Community.NoExport] }, "C0 08 08 FDE80064 FFFFFF01"),
        Both("ORIGINATOR_ID", new() { OriginatorId = Id }, "80 09 04 C6336401"),
        Both("CLUSTER_LIST", new() { ClusterList = [Id, Id] }, "80 0A 08 C6336401 C6336401"),
        Both("EXTENDED COMMUNITIES", new() { ExtendedCommunities = [Read<ExtendedCommunity>("0002FDE800000064")] }, "C0 10 08 0002FDE800000064"),
        Both("IPv6 EXTENDED COMMUNITIES", new() { Ipv6ExtendedCommunities = [Read<Ipv6ExtendedCommunity>("000220010DB80000000000000000000000010064")] },
            "C0 19 14 0002 20010DB8000000000000000000000001 0064"),
        Both("AIGP", new() { Aigp = 1000 }, "80 1A 0B 01 000B 00000000000003E8"),
        Both("AIGP with more TLVs", new() { Aigp = 1000, AigpTlvs = Hex.Bytes("07 0005 ABCD") }, "80 1A 10 01 000B 00000000000003E8 07 0005 ABCD"),
        Both("AIGP without a metric", new() { AigpTlvs = Hex.Bytes("07 0005 ABCD") }, "80 1A 05 07 0005 ABCD"),
        Both("LARGE_COMMUNITY", new() { LargeCommunities = [new(65000, 1, 2)] }, "C0 20 0C 0000FDE8 00000001 00000002"),
        Both("ONLY_TO_CUSTOMER", new() { OnlyToCustomer = 65001 }, "C0 23 04 0000FDE9"),
        Both("unknown ones, in order of type", new() { OnlyToCustomer = 65001, Others = [new(0xC0, 99, [1]), new(0x80, 11, [2]), new(0xE0, 33, [])] },
            "80 0B 01 02  E0 21 00  C0 23 04 0000FDE9  C0 63 01 01"),
        Both("the Partial bit", new() { Partial = BgpPartialAttributes.Communities | BgpPartialAttributes.OnlyToCustomer, Communities = [new(65000, 100)], OnlyToCustomer = 65001 },
            "E0 08 04 FDE80064  E0 23 04 0000FDE9"),
        Both("a long one", new() { Others = [new(0xC0, 99, new byte[256])] }, "D0 63 0100 " + new string('0', 512)),
        Both("not so long a one", new() { Others = [new(0xD0, 99, new byte[255])] }, "C0 63 FF " + new string('0', 510)),
    };

    private static BgpIdentifier Id => BgpIdentifier.Parse("198.51.100.1");

    [Theory]
    [MemberData(nameof(BehindNextHop), DisableDiscoveryEnumeration = true)]
    public void An_attribute_is_written_and_read(string name, BgpRouteAttributes attributes, string fourOctets, string twoOctets)
    {
        var whole = new BgpRouteAttributes(attributes) { AsPath = new AsPath(65000), NextHop = IPAddress.Parse("198.51.100.11") };
        Check(name, whole, Internal, "40 01 01 00  40 02 06 02 01 0000FDE8" + NextHopOnly + fourOctets);
        Check(name, whole, Internal with { FourOctetAsn = false }, "40 01 01 00  40 02 04 02 01 FDE8" + NextHopOnly + twoOctets);
    }

    [Theory]
    [InlineData(BgpOrigin.Igp, "00")]
    [InlineData(BgpOrigin.Egp, "01")]
    [InlineData(BgpOrigin.Incomplete, "02")]
    public void ORIGIN_has_three_values(BgpOrigin origin, string octet) => Check(
        "ORIGIN", new() { Origin = origin, NextHop = IPAddress.Parse("198.51.100.11") }, External, $"40 01 01 {octet}  40 02 00" + NextHopOnly);

    [Fact]
    public void AS_PATH_has_all_four_types_of_segments()
    {
        var path = AsPath.FromSegments(
            new(AsPathSegmentType.ConfedSequence, 65001), new(AsPathSegmentType.ConfedSet, 65002, 65003),
            new(AsPathSegmentType.Sequence, 4200000000, 65004), new(AsPathSegmentType.Set, 65005, 4200000001));
        var attributes = new BgpRouteAttributes { AsPath = path, NextHop = IPAddress.Parse("198.51.100.11") };

        Check("AS_PATH", attributes, External, """
            40 01 01 00  40 02 24
              03 01 0000FDE9  04 02 0000FDEA 0000FDEB
              02 02 FA56EA00 0000FDEC  01 02 0000FDED FA56EA01
            """ + NextHopOnly);
        Check("AS_PATH", attributes, TwoOctet, """
            40 01 01 00  40 02 16
              03 01 FDE9  04 02 FDEA FDEB
              02 02 5BA0 FDEC  01 02 FDED 5BA0
            """ + NextHopOnly + "C0 11 14  02 02 FA56EA00 0000FDEC  01 02 0000FDED FA56EA01");
    }

    [Fact]
    public void A_two_octet_aggregator_beside_AS4_PATH_leaves_it_valid() => Check(
        "RFC 6793 §4.2.2",
        new() { AsPath = new AsPath(4200000000), Aggregator = By(65000), NextHop = IPAddress.Parse("198.51.100.11") },
        TwoOctet,
        "40 01 01 00  40 02 04 02 01 5BA0" + NextHopOnly + "C0 07 06 FDE8 C6336401  C0 11 06 02 01 FA56EA00");

    [Fact]
    public void The_TLVs_of_AIGP_are_checked()
    {
        ((Action)(() => _ = new BgpRouteAttributes { AigpTlvs = Hex.Bytes("07 0006 ABCD") })).Should().Throw<ArgumentException>("one is cut off");
        ((Action)(() => _ = new BgpRouteAttributes { AigpTlvs = Hex.Bytes("01 000B 0000000000000001") })).Should().Throw<ArgumentException>("the metric has its own property");
    }

    private static void Check(string name, BgpRouteAttributes attributes, WireContext context, string expected)
    {
        EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, attributes, context).Block.ToArray().Should().Equal(Hex.Bytes(expected), name);

        var body = Body("", expected + (context.IsInternal && attributes.LocalPref is null ? UpdateVectors.LocalPref : ""), "18 CB0071");
        var read = UpdateVectors.Read(body, context).Attributes!;
        (attributes.LocalPref is null ? new BgpRouteAttributes(read) { LocalPref = null } : read).Should().Be(attributes, name);
    }

    private static TheoryDataRow<string, BgpRouteAttributes, string, string> Both(string name, BgpRouteAttributes attributes, string octets) =>
        new(name, attributes, octets, octets);

    private static Aggregator By(uint asn) => new(asn, Id);

    private static T Read<T>(string octets)
        where T : struct, IWireValue<T> => T.ReadFrom(Hex.Bytes(octets));
}
