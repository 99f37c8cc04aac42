using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>What a session may refuse or prefer, as its context says; the codec by itself reads everything.</summary>
public sealed class UpdatePolicyTests
{
    private const string Nlri = "18 CB0071";
    private const string BadReach6 = "80 0E 06 0002 01 01 00 00";
    private const string BadUnreach6 = "80 0F 05 0002 01 81 00";
    private const string BadUnreachVpn = "80 0F 02 0001";

    [Theory]
    [InlineData("40 02 06 01 01 0000FDE8", "", UpdateRule.AsSet, "AS_SET")]
    [InlineData("40 02 06 04 01 0000FDE8", "", UpdateRule.AsSet, "AS_CONFED_SET")]
    [InlineData("40 02 0C 02 01 0000FDE8 01 01 0000FDE9", "", UpdateRule.AsSet, "an AS_SET behind a sequence")]
    [InlineData("40 02 06 02 01 0000FDE8", "", UpdateRule.None, "a sequence")]
    [InlineData("40 02 06 03 01 0000FDE8", "", UpdateRule.None, "AS_CONFED_SEQUENCE")]
    [InlineData("40 02 00", "", UpdateRule.None, "the empty path")]
    public void A_session_may_refuse_sets(string path, string more, UpdateRule rule, string because) =>
        Judge(External with { RefuseAsSets = true }, Origin + path + NextHop + more, AttributeType.AsPath, rule, because);

    [Fact]
    public void A_set_in_AS4_PATH_is_refused_too()
    {
        const string attributes = Origin + "40 02 04 02 01 5BA0" + NextHop + "C0 11 06 01 01 0000FDE8";
        Judge(TwoOctet with { RefuseAsSets = true }, attributes, AttributeType.As4Path, UpdateRule.AsSet, "RFC 9774 §3 names both");
        Judge(TwoOctet, attributes, 0, UpdateRule.None, "nobody asked for it");
    }

    [Theory]
    [InlineData("03 01 0000FDEA 02 01 FA56EA00")]
    [InlineData("04 01 0000FDEA 02 01 FA56EA00")]
    public void A_confederations_segment_in_AS4_PATH_is_passed_over_and_never_refused(string as4Path)
    {
        const string attributes = Origin + "40 02 04 02 01 5BA0" + NextHop + "C0 11 0C ";

        UpdateDecoder.Decode(Body("", attributes + as4Path, Nlri), TwoOctet with { RefuseConfederationSegments = true }, out var view, out var problem)
            .Should().Be(UpdateVerdict.Accept, $"RFC 6793 §6 has the segment dropped and the UPDATE processed: {problem}");

        view.AsPath.ToString().Should().Be("4200000000");
    }

    [Theory]
    [InlineData("80 1A 0B 01 000B 0000000000000064")]
    [InlineData("80 1A 02 01 00")]
    [InlineData("C0 1A 0B 01 000B 0000000000000064")]
    public void AIGP_is_discarded_whatever_it_says_where_it_is_not_enabled(string aigp)
    {
        UpdateDecoder.Decode(Body("", Mandatory + aigp, Nlri), External with { RefuseAigp = true }, out var view, out var problem)
            .Should().Be(UpdateVerdict.DiscardAttributes, "RFC 7311 §3.3");

        (problem.Rule, problem.AttributeType).Should().Be((UpdateRule.InternalOnly, AttributeType.Aigp));
        view.Aigp.Should().BeNull();
        view.ToUpdate().Announced.Should().ContainSingle().Which.Attributes.Aigp.Should().BeNull();
    }

    [Theory]
    [InlineData("40 02 06 03 01 0000FDE8", UpdateRule.ConfederationSegment, "AS_CONFED_SEQUENCE")]
    [InlineData("40 02 06 04 01 0000FDE8", UpdateRule.ConfederationSegment, "AS_CONFED_SET")]
    [InlineData("40 02 06 01 01 0000FDE8", UpdateRule.None, "AS_SET")]
    public void A_session_may_refuse_confederation_segments(string path, UpdateRule rule, string because) =>
        Judge(External with { RefuseConfederationSegments = true }, Origin + path + NextHop, AttributeType.AsPath, rule, because);

    [Fact]
    public void A_refused_path_that_announces_nothing_is_no_reason_to_reset_the_session()
    {
        var body = Body("", Origin + "40 02 06 01 01 0000FDE8" + MpUnreach, "");

        UpdateDecoder.Decode(body, External with { RefuseAsSets = true }, out var view, out _).Should().Be(UpdateVerdict.TreatAsWithdraw, "nothing is malformed");
        view.WithdrawnPrefixes.Count().Should().Be(1);
    }

    [Fact]
    public void What_is_malformed_weighs_more_than_what_is_refused() =>
        Judge(External with { RefuseAsSets = true }, Origin + "40 02 07 01 01 0000FDE8 01" + NextHop, AttributeType.AsPath, UpdateRule.AsPathMalformed, "a segment is cut off");

    [Theory]
    [InlineData(BadReach6)]
    [InlineData(BadUnreach6)]
    [InlineData(BadReach6 + BadUnreach6)]
    public void A_family_may_be_given_up_instead_of_the_session(string bad)
    {
        var body = Body("18 C63364", Mandatory + bad, Nlri);

        UpdateDecoder.Decode(body, External, out _, out _).Should().Be(UpdateVerdict.Reset, "nobody asked for less");
        UpdateDecoder.Decode(body, External with { PreferDisableFamily = true }, out var view, out var problem).Should().Be(UpdateVerdict.DisableFamily);

        (problem.Family, problem.Rule).Should().Be((BgpFamily.Ipv6Unicast, UpdateRule.MultiprotocolMalformed));
        view.AnnouncedPrefixes.ToList().Should().Equal([IpPrefix.Parse("203.0.113.0/24")], "the rest of the message stands");
        view.WithdrawnPrefixes.ToList().Should().Equal(IpPrefix.Parse("198.51.100.0/24"));
    }

    [Theory]
    [InlineData("C0 0E 1A 0002 01 10 20010DB8000000000000000000000011 00 20 20010DB8", "80 0F 03 0002 01")]
    [InlineData("40 0F 08 0002 01 20 20010DB8", "")]
    public void A_family_is_also_given_up_for_wrong_flags(string bad, string more)
    {
        UpdateDecoder.Decode(Body("18 C63364", Mandatory + bad + more, Nlri), External with { PreferDisableFamily = true }, out var view, out var problem)
            .Should().Be(UpdateVerdict.DisableFamily, "RFC 7606 §5.3");

        (problem.Family, problem.Rule).Should().Be((BgpFamily.Ipv6Unicast, UpdateRule.AttributeFlags));
        view.AnnouncedPrefixes.ToList().Should().Equal([IpPrefix.Parse("203.0.113.0/24")], "what is at fault announces and withdraws nothing");
        view.WithdrawnPrefixes.ToList().Should().Equal(IpPrefix.Parse("198.51.100.0/24"));
        view.GetNextHop(BgpFamily.Ipv6Unicast).Should().BeNull();
    }

    [Theory]
    [InlineData(Mandatory + "C0 0E 0D 0001 01 04 C633640B 00 18 CB0072", "IPv4 unicast is announced with wrong flags")]
    [InlineData(Mandatory + "80 0E 05 0001 01 00 00", "IPv4 unicast also travels outside the multiprotocol attributes")]
    [InlineData(Mandatory + BadUnreachVpn, "no family can be read")]
    [InlineData(Mandatory + BadReach6 + "80 0F 04 0001 01 18", "the other is of IPv4 unicast")]
    [InlineData(Mandatory + "80 0E 40 0002 01", "its own length is not intact")]
    [InlineData(MpUnreach + MpUnreach + Mandatory, "one of them twice is another fault")]
    public void Sometimes_the_session_must_go(string attributes, string because) =>
        UpdateDecoder.Decode(Body("", attributes, Nlri), External with { PreferDisableFamily = true }, out _, out _)
            .Should().Be(UpdateVerdict.Reset, because);

    [Fact]
    public void Routes_of_the_other_families_are_still_withdrawn_when_they_have_to_be()
    {
        var body = Body("", "40 01 01 07" + Via65000 + NextHop + BadReach6, Nlri);

        UpdateDecoder.Decode(body, External with { PreferDisableFamily = true }, out var view, out _).Should().Be(UpdateVerdict.DisableFamily);

        view.IsTreatedAsWithdraw.Should().BeTrue();
        view.WithdrawnPrefixes.ToList().Should().Equal(IpPrefix.Parse("203.0.113.0/24"));
    }

    private static void Judge(WireContext context, string attributes, byte type, UpdateRule rule, string because)
    {
        var verdict = UpdateDecoder.Decode(Body("", attributes, Nlri), context, out var view, out var problem);

        (verdict, problem.Rule, problem.AttributeType).Should().Be(
            rule == UpdateRule.None ? (UpdateVerdict.Accept, rule, (byte)0) : (UpdateVerdict.TreatAsWithdraw, rule, type), because);
        view.WithdrawnPrefixes.Count().Should().Be(rule == UpdateRule.None ? 0 : 1);
    }
}
