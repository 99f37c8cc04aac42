using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>AS_PATH and AS4_PATH from a two-octet speaker become one path (RFC 6793 §4.2.3).</summary>
public sealed class AsPathMergeTests
{
    [Theory]
    [InlineData("02 03 FDE8 5BA0 FDE9", "02 03 0000FDE8 FA56EA00 0000FDE9", "65000 4200000000 65001", "both have the same length")]
    [InlineData("02 04 FDEA FDE8 5BA0 FDE9", "02 02 FA56EA00 0000FDE9", "65002 65000 4200000000 65001", "what AS_PATH has more comes first")]
    [InlineData("02 01 FDE8", "02 02 0000FDE8 FA56EA00", "65000", "a longer AS4_PATH is not to be trusted")]
    [InlineData("02 02 FDE8 5BA0 01 02 5BA0 FDE9", "02 01 FA56EA00 01 02 FA56EA01 0000FDE9", "65000 4200000000 {4200000001 65001}", "a set counts one")]
    [InlineData("03 01 FDEA 02 02 FDE8 5BA0", "02 01 FA56EA00", "(65002) 65000 4200000000", "leading confederation segments are kept")]
    [InlineData("02 01 FDE8 03 01 FDEA 02 01 5BA0", "02 01 FA56EA00", "65000 (65002) 4200000000", "so are those beside one that is kept")]
    [InlineData("02 02 FDE8 5BA0", "03 01 0000FDEA 02 01 FA56EA00", "65000 4200000000", "confederation segments have no place in AS4_PATH")]
    [InlineData("01 02 FDE8 FDE9 02 01 5BA0", "02 01 FA56EA00", "{65000 65001} 4200000000", "a leading set is kept whole")]
    public void Both_paths_are_reconciled(string path, string as4Path, string expected, string because) =>
        Read(path, as4Path, "").AsPath.ToString().Should().Be(expected, because);

    [Fact]
    public void An_aggregator_that_is_not_AS_TRANS_makes_AS4_PATH_void()
    {
        const string as4Aggregator = "C0 12 08 FA56EA00 C633640C";
        Read("02 02 FDE8 5BA0", "02 01 FA56EA00", "C0 07 06 FDE8 C633640B" + as4Aggregator).ToString()
            .Should().Contain("path 65000 23456,", "that AS aggregated without knowing AS4_PATH").And.Contain("aggregator 65000 198.51.100.11");
        Read("02 02 FDE8 5BA0", "02 01 FA56EA00", "C0 07 06 5BA0 C633640B" + as4Aggregator).ToString()
            .Should().Contain("path 65000 4200000000,").And.Contain("aggregator 4200000000 198.51.100.12");
        Read("02 02 FDE8 5BA0", "02 01 FA56EA00", "C0 07 06 FDE8 C633640B").AsPath.ToString()
            .Should().Be("65000 4200000000", "an aggregating AS of two octets has no AS4_AGGREGATOR beside it (RFC 6793 §4.2.2)");
    }

    [Fact]
    public void The_merged_path_is_seen_without_making_objects_too()
    {
        var body = Body("", Origin + "40 02 06 02 02 FDE8 5BA0" + NextHop + "C0 11 06 02 01 FA56EA00", "18 CB0071");
        UpdateDecoder.Decode(body, TwoOctet, out var view, out _).Should().Be(UpdateVerdict.Accept);

        var asns = new List<uint>();
        foreach (var segment in view.AsPath)
        {
            foreach (var asn in segment)
            {
                asns.Add(asn.Value);
            }
        }

        asns.Should().Equal(65000, 4200000000);
        view.AsPath.Length.Should().Be(2);
        view.AsPath.Contains(4200000000).Should().BeTrue();
        view.AsPath.Contains(Asn.Trans).Should().BeFalse();
    }

    private static BgpRouteAttributes Read(string path, string as4Path, string more)
    {
        var body = Body("", Origin + Attribute("40 02", path) + NextHop + more + Attribute("C0 11", as4Path), "18 CB0071");
        return UpdateVectors.Read(body, TwoOctet).Announced.Should().ContainSingle().Subject.Attributes;
    }

    private static string Attribute(string header, string value) => $"{header} {Hex.Bytes(value).Length:X2} {value}";
}
