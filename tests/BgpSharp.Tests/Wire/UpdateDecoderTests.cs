using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class UpdateDecoderTests
{
    [Fact]
    public void An_announcement_is_read_field_by_field()
    {
        var body = Hex.Bytes("""
            0000                        # Withdrawn Routes Length
            0036                        # Total Path Attribute Length
            40 01 01 02                 # ORIGIN incomplete
            40 02 10 02 02 0000FDE8 0000FDE9 01 01 0000FDEA   # AS_PATH 65000 65001 {65002}
            40 03 04 C633640B           # NEXT_HOP 198.51.100.11
            80 04 04 0000000A           # MULTI_EXIT_DISC 10
            C0 08 08 FDE80064 FFFFFF01  # COMMUNITIES 65000:100 no-export
            E0 63 03 0A0B0C             # type 99, optional transitive partial
            20 CB00710A                 # 203.0.113.10/32
            18 CB0071                   # 203.0.113.0/24
            00                          # 0.0.0.0/0
            """);

        UpdateDecoder.Decode(body, UpdateVectors.External, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());

        view.Origin.Should().Be(BgpOrigin.Incomplete);
        view.AsPath.ToString().Should().Be("65000 65001 {65002}");
        view.AsPath.Length.Should().Be(3, "a set counts one");
        view.AsPath.Contains(65002).Should().BeTrue();
        view.AsPath.Contains(65003).Should().BeFalse();
        view.NextHop.Should().Be(IPAddress.Parse("198.51.100.11"));
        view.GetNextHop(BgpFamily.Ipv4Unicast).Should().Be(IPAddress.Parse("198.51.100.11"));
        view.GetNextHop(BgpFamily.Ipv6Unicast).Should().BeNull();
        view.Med.Should().Be(10);
        view.LocalPref.Should().BeNull();
        view.Communities.ToList().Should().Equal(new Community(65000, 100), Community.NoExport);
        view.WithdrawnPrefixes.IsEmpty.Should().BeTrue();
        view.AnnouncedPrefixes.Count().Should().Be(3);
        view.IsEndOfRib(out _).Should().BeFalse();
        var update = view.ToUpdate();
        var attributes = new BgpRouteAttributes
        {
            Origin = BgpOrigin.Incomplete,
            AsPath = AsPath.FromSegments(new(AsPathSegmentType.Sequence, 65000, 65001), new(AsPathSegmentType.Set, 65002)),
            NextHop = IPAddress.Parse("198.51.100.11"),
            Med = 10,
            Communities = [new(65000, 100), Community.NoExport],
            Others = [new RawPathAttribute(0xE0, 99, [10, 11, 12])],
        };
        update.Announced.Should().Equal(
            new BgpRoute(IpPrefix.Parse("203.0.113.10/32"), attributes),
            new BgpRoute(IpPrefix.Parse("203.0.113.0/24"), attributes),
            new BgpRoute(IpPrefix.Parse("0.0.0.0/0"), attributes));
        update.Announced[0].Attributes.Should().BeSameAs(update.Announced[2].Attributes, "routes of one message share their attributes");
        update.EndOfRib.Should().BeNull();
    }

    [Fact]
    public void A_withdrawal_is_read()
    {
        var body = Hex.Bytes("""
            0009            # Withdrawn Routes Length
            20 CB00710A     # 203.0.113.10/32
            18 CB0071       # 203.0.113.0/24
            0000            # Total Path Attribute Length
            """);

        var update = UpdateVectors.Read(body, UpdateVectors.External);

        update.Withdrawn.Should().Equal(IpPrefix.Parse("203.0.113.10/32"), IpPrefix.Parse("203.0.113.0/24"));
        update.Announced.Should().BeEmpty();
        update.EndOfRib.Should().BeNull();
    }

    [Fact]
    public void IPv6_travels_in_the_multiprotocol_attributes()
    {
        var body = Hex.Bytes("""
            0000            # Withdrawn Routes Length
            0060            # Total Path Attribute Length
            90 0E 0044      # MP_REACH_NLRI, extended length
              0002 01       #   IPv6 unicast
              20            #   next hop: a global and a link-local address
              20010DB8000000000000000000000011
              FE800000000000000000000000000011
              00            #   reserved
              80 20010DB8000000000000000000000001
              40 20010DB800000000
              20 20010DB8
            80 0F 08 0002 01 20 20010DB9    # MP_UNREACH_NLRI 2001:db9::/32
            40 01 01 00                     # ORIGIN
            40 02 06 02 01 0000FDE8         # AS_PATH
            """);

        UpdateDecoder.Decode(body, UpdateVectors.External, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());

        view.NextHop.Should().Be(IPAddress.Parse("2001:db8::11"));
        view.GetNextHop(BgpFamily.Ipv6Unicast).Should().Be(IPAddress.Parse("2001:db8::11"));
        view.GetNextHop(BgpFamily.Ipv4Unicast).Should().BeNull();
        var update = view.ToUpdate();
        update.Announced.Select(route => route.Prefix.ToString())
            .Should().Equal("2001:db8::1/128", "2001:db8::/64", "2001:db8::/32");
        update.Announced[0].Attributes.NextHop.Should().Be(IPAddress.Parse("2001:db8::11"));
        update.Withdrawn.Should().Equal(IpPrefix.Parse("2001:db9::/32"));
    }

    [Fact]
    public void One_message_may_announce_and_withdraw_in_both_families_each_with_its_next_hop()
    {
        var body = UpdateVectors.Body("18 C63364", UpdateVectors.MpReach + UpdateVectors.MpUnreach + UpdateVectors.Mandatory, "18 CB0071");

        var update = UpdateVectors.Read(body, UpdateVectors.External);

        update.Withdrawn.Should().Equal(IpPrefix.Parse("198.51.100.0/24"), IpPrefix.Parse("2001:db8::/32"));
        update.Announced.Select(route => (route.Prefix.ToString(), route.Attributes.NextHop!.ToString()))
            .Should().Equal(("2001:db8::/32", "2001:db8::11"), ("203.0.113.0/24", "198.51.100.11"));
    }

    [Theory]
    [InlineData("", "ipv4-unicast")]
    [InlineData("80 0F 03 0002 01", "ipv6-unicast")]
    [InlineData("90 0F 0003 0002 01", "ipv6-unicast")]
    [InlineData("80 0F 03 0001 01", "ipv4-unicast")]
    [InlineData("80 0F 03 0019 46", "l2vpn-evpn")]
    public void End_of_RIB_is_told_by_its_form(string attributes, string family)
    {
        UpdateDecoder.Decode(UpdateVectors.Body("", attributes, ""), UpdateVectors.External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.IsEndOfRib(out var ended).Should().BeTrue();
        ended.ToString().Should().Be(family);
        view.ToUpdate().EndOfRib.Should().Be(ended);
    }

    [Fact]
    public void A_default_route_named_again_and_again_becomes_one_route()
    {
        var field = string.Concat(Enumerable.Repeat("00", 1000)) + "18 CB0071 00";
        UpdateDecoder.Decode(UpdateVectors.Body(field, UpdateVectors.Mandatory, field), UpdateVectors.External, out var view, out _)
            .Should().Be(UpdateVerdict.Accept);

        var update = view.ToUpdate();

        view.AnnouncedPrefixes.Count().Should().Be(1002, "the view shows what lies in the message");
        update.Announced.Select(route => route.Prefix.ToString()).Should().Equal("0.0.0.0/0", "203.0.113.0/24");
        update.Withdrawn.Select(path => path.ToString()).Should().Equal("0.0.0.0/0", "203.0.113.0/24");
    }

    [Theory]
    [InlineData("18 CB0071", "")]
    [InlineData("", UpdateVectors.MpUnreach)]
    [InlineData("18 CB0071", "80 0F 03 0002 01")]
    [InlineData("", "80 0F 03 0002 01" + UpdateVectors.Origin)]
    public void What_withdraws_or_carries_more_is_no_End_of_RIB(string withdrawn, string attributes)
    {
        UpdateDecoder.Decode(UpdateVectors.Body(withdrawn, attributes, ""), UpdateVectors.External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.IsEndOfRib(out _).Should().BeFalse();
    }

    [Fact]
    public void Another_family_is_handed_on_raw_and_is_no_error()
    {
        const string reach = "80 0E 09 0019 46 00 00 01020304";
        var body = UpdateVectors.Body("", UpdateVectors.Origin + UpdateVectors.Via65000 + reach, "");

        UpdateDecoder.Decode(body, UpdateVectors.External, out var view, out _).Should().Be(UpdateVerdict.Accept);

        view.AnnouncedPrefixes.IsEmpty.Should().BeTrue();
        var raw = new List<string>();
        foreach (var attribute in view.Attributes)
        {
            raw.Add($"{attribute.Flags:X2} {attribute.Type} {Convert.ToHexString(attribute.Value)}");
        }

        raw.Should().Equal("40 1 00", "40 2 02010000FDE8", "80 14 00194600000" + "1020304");
    }

    [Fact]
    public void Host_bits_beyond_the_prefix_length_are_cleared()
    {
        var update = UpdateVectors.Read(UpdateVectors.Body("0D 0B0D", "", ""), UpdateVectors.External);

        update.Withdrawn.Should().Equal([new BgpPath(IpPrefix.Parse("11.8.0.0/13"))], "the value of trailing bits is irrelevant (RFC 4271 §4.3)");
    }

    [Fact]
    public void An_empty_view_shows_nothing()
    {
        UpdateView view = default;

        view.AnnouncedPrefixes.IsEmpty.Should().BeTrue();
        view.WithdrawnPrefixes.IsEmpty.Should().BeTrue();
        view.AsPath.IsEmpty.Should().BeTrue();
        view.Communities.Count.Should().Be(0);
        view.NextHop.Should().BeNull();
        view.IsEndOfRib(out _).Should().BeFalse();
    }
}
