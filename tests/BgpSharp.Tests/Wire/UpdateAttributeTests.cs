using System.Net;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>The attributes beyond the mandatory ones, as the checked view shows them.</summary>
public sealed class UpdateAttributeTests
{
    private const string Nlri = "18 CB0071";
    private const string TwoOctetPath = "40 02 04 02 01 FDE8";

    [Fact]
    public void Every_attribute_is_read()
    {
        var body = Body("", Mandatory + LocalPref + """
            40 06 00                                            # ATOMIC_AGGREGATE
            C0 07 08 FA56EA00 C633640B                          # AGGREGATOR 4200000000 198.51.100.11
            80 09 04 C6336401                                   # ORIGINATOR_ID 198.51.100.1
            80 0A 08 C6336402 C6336403                          # CLUSTER_LIST
            C0 10 10 0002FDE800000064 4004FDE84B189680          # EXTENDED COMMUNITIES
            C0 19 14 0002 20010DB8000000000000000000000001 0064 # IPv6 EXTENDED COMMUNITIES
            80 1A 10 07 0005 ABCD 01 000B 00000000000003E8      # AIGP 1000 behind something unknown
            C0 20 18 0000FDE8 00000001 00000002 0000FDE8 00000003 00000004  # LARGE_COMMUNITY
            C0 23 04 0000FDE9                                   # ONLY_TO_CUSTOMER 65001
            """, Nlri);

        UpdateDecoder.Decode(body, Internal, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());

        view.AtomicAggregate.Should().BeTrue();
        view.Aggregator.Should().Be(new Aggregator(4200000000, BgpIdentifier.Parse("198.51.100.11")));
        view.OriginatorId.Should().Be(BgpIdentifier.Parse("198.51.100.1"));
        view.ClusterList.ToList().Should().Equal(BgpIdentifier.Parse("198.51.100.2"), BgpIdentifier.Parse("198.51.100.3"));
        view.ExtendedCommunities.ToList().Select(one => one.Value).Should().Equal(0x0002FDE800000064, 0x4004FDE84B189680);
        view.Ipv6ExtendedCommunities.Count.Should().Be(1);
        view.Ipv6ExtendedCommunities[0].GlobalAdministrator.Should().Be(IPAddress.Parse("2001:db8::1"));
        view.Aigp.Should().Be(1000);
        view.LargeCommunities.ToList().Should().Equal(new LargeCommunity(65000, 1, 2), new LargeCommunity(65000, 3, 4));
        view.OnlyToCustomer.Should().Be(new Asn(65001));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(300)]
    public void Large_communities_that_are_there_again_are_not_kept(int count)
    {
        // Repetitions are no error, and go without a word (RFC 8092 §3, §6).
        var values = string.Concat(Enumerable.Range(0, count).Select(i => $"0000FDE8 {i:X8} 00000001"));
        var body = Body("", Mandatory + $"D0 20 {24 * count:X4} {values} {values}", Nlri);
        var expected = Enumerable.Range(0, count).Select(i => new LargeCommunity(65000, (uint)i, 1)).ToArray();

        Read(body, External).Announced.Should().ContainSingle().Which.Attributes.LargeCommunities.Should().Equal(expected);
        new BgpRouteAttributes { LargeCommunities = [.. expected, .. expected] }.LargeCommunities.Should().Equal(expected, "nor sent");
    }

    [Fact]
    public void What_is_not_there_is_null_or_empty()
    {
        UpdateDecoder.Decode(Body("", Mandatory, Nlri), External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.AtomicAggregate.Should().BeFalse();
        (view.Aggregator, view.OriginatorId, view.Aigp, view.OnlyToCustomer).Should().Be(((Aggregator?)null, (BgpIdentifier?)null, (ulong?)null, (Asn?)null));
        (view.ClusterList.Count + view.ExtendedCommunities.Count + view.Ipv6ExtendedCommunities.Count + view.LargeCommunities.Count).Should().Be(0);
        view.LinkLocalNextHop.Should().BeNull();
        view.MpReachNlri.IsEmpty.Should().BeTrue();
        view.MpUnreachNlri.HasPrefixes.Should().BeFalse();
    }

    [Theory]
    [InlineData("C0 07 06 5BA0 C633640B", "C0 12 08 FA56EA00 C633640C", "4200000000 198.51.100.12", "AS_TRANS means that AS4_AGGREGATOR has the AS")]
    [InlineData("C0 07 06 FDE8 C633640B", "C0 12 08 FA56EA00 C633640C", "65000 198.51.100.11", "a later speaker aggregated without knowing AS4_AGGREGATOR")]
    [InlineData("C0 07 06 5BA0 C633640B", "", "23456 198.51.100.11", "there is nothing better")]
    [InlineData("C0 07 06 5BA0 C633640B", "C0 12 06 FDE8 C633640C", "23456 198.51.100.11", "a malformed AS4_AGGREGATOR is discarded")]
    [InlineData("", "C0 12 08 FA56EA00 C633640C", "", "AS4_AGGREGATOR is nothing without AGGREGATOR")]
    [InlineData("C0 07 06 0000 C633640B", "C0 12 08 FA56EA00 C633640C", "", "AGGREGATOR with AS 0 is discarded")]
    public void AGGREGATOR_and_AS4_AGGREGATOR_become_one(string aggregator, string as4Aggregator, string expected, string because)
    {
        UpdateDecoder.Decode(Body("", Origin + TwoOctetPath + NextHop + as4Aggregator + aggregator, Nlri), TwoOctet, out var view, out _);

        (view.Aggregator?.ToString() ?? "").Should().Be(expected, because);
    }

    [Fact]
    public void Stale_AS4_attributes_do_not_show()
    {
        var body = Body("", Origin + TwoOctetPath + NextHop + "C0 07 06 FDE8 C633640B C0 11 06 02 01 FA56EA00 C0 12 08 FA56EA00 C633640C", Nlri);

        UpdateDecoder.Decode(body, TwoOctet, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.AsPath.ToString().Should().Be("65000");
        foreach (var attribute in view.Attributes)
        {
            attribute.Type.Should().BeLessThan(AttributeType.As4Path);
        }
    }

    [Fact]
    public void A_pair_of_next_hops_is_a_global_and_a_link_local_one()
    {
        const string reach = "80 0E 2A 0002 01 20 20010DB8000000000000000000000011 FE800000000000000000000000000011 00 20 20010DB8";

        UpdateDecoder.Decode(Body("", reach + Origin + Via65000, ""), External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.NextHop.Should().Be(IPAddress.Parse("2001:db8::11"));
        view.LinkLocalNextHop.Should().Be(IPAddress.Parse("fe80::11"));
    }

    [Fact]
    public void IPv4_may_have_an_IPv6_next_hop()
    {
        const string reach = "80 0E 19 0001 01 10 20010DB8000000000000000000000011 00 18 CB0071";

        UpdateDecoder.Decode(Body("", reach + Origin + Via65000, ""), External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.GetNextHop(BgpFamily.Ipv4Unicast).Should().Be(IPAddress.Parse("2001:db8::11"), "RFC 8950 §3");
        view.AnnouncedPrefixes.ToList().Should().Equal(IpPrefix.Parse("203.0.113.0/24"));
    }

    [Fact]
    public void A_NEXT_HOP_that_nothing_needs_may_be_odd()
    {
        const string odd = "40 03 04 00000000";

        UpdateDecoder.Decode(Body("", MpReach + Origin + Via65000 + odd, ""), External, out _, out _)
            .Should().Be(UpdateVerdict.Accept, "RFC 4760 §3 has it ignored beside MP_REACH_NLRI");
        UpdateDecoder.Decode(Body("", MpReach + Origin + Via65000 + odd, Nlri), External, out _, out var problem)
            .Should().Be(UpdateVerdict.TreatAsWithdraw);
        (problem.Rule, problem.Offset).Should().Be((UpdateRule.NextHopValue, 4 + Hex.Bytes(MpReach + Origin + Via65000).Length));
    }

    [Fact]
    public void Of_a_repeated_unknown_attribute_the_first_is_shown()
    {
        UpdateDecoder.Decode(Body("", Mandatory + "C0 FE 01 01 C0 63 01 02 C0 FE 01 03", Nlri), External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        List<string> shown = [];
        foreach (var attribute in view.Attributes)
        {
            shown.Add($"{attribute.Type}:{Convert.ToHexString(attribute.Value)}");
        }

        shown[3..].Should().Equal("254:01", "99:02");
    }

    [Fact]
    public void Of_an_attribute_discarded_and_repeated_nothing_is_shown()
    {
        var body = Body("", Mandatory + "40 06 01 00" + "40 06 00", Nlri);

        UpdateDecoder.Decode(body, External, out var view, out _).Should().Be(UpdateVerdict.DiscardAttributes);

        view.AtomicAggregate.Should().BeFalse("the first counts, and it was malformed");
        foreach (var attribute in view.Attributes)
        {
            attribute.Type.Should().NotBe(AttributeType.AtomicAggregate);
        }
    }

    [Fact]
    public void A_body_longer_than_any_message_is_refused() =>
        UpdateDecoder.Decode(new byte[65517], External, out _, out var problem).Should().Be(problem.Verdict).And.Be(UpdateVerdict.Reset);
}
