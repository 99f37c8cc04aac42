using System.Net;

namespace BgpSharp.Tests.Net;

public sealed class ExtendedCommunityTests
{
    private static readonly ExtendedCommunity s_target = ExtendedCommunity.RouteTarget(65000, 1);

    [Theory]
    [InlineData(0x0002FDE800000064, "rt:65000:100")]
    [InlineData(0x0002FDE8FFFFFFFF, "rt:65000:4294967295")]
    [InlineData(0x0102C63364010007, "rt:198.51.100.1:7")]
    [InlineData(0x0202FA56EA000064, "rt:4200000000:100")]
    [InlineData(0x02020000FDE80064, "rt:65000L:100")]
    [InlineData(0x0003FDE800000064, "ro:65000:100")]
    [InlineData(0x0103C63364010007, "ro:198.51.100.1:7")]
    [InlineData(0x0203FA56EA000064, "ro:4200000000:100")]
    [InlineData(0x4004FDE84CEE6B28, "lb:65000:125000000")]
    [InlineData(0x0004FDE84CEE6B28, "lb-transitive:65000:125000000")]
    [InlineData(0x4004FDE83FC00000, "lb:65000:1.5")]
    [InlineData(0x4004FDE800000000, "lb:65000:0")]
    [InlineData(0x030C000000000008, "opaque:12:000000000008")]
    [InlineData(0x060101010101000A, "0x060101010101000a")]
    [InlineData(0x4002FDE800000064, "0x4002fde800000064")]
    [InlineData(0x430C000000000008, "0x430c000000000008")]
    [InlineData(0x8006000000000000, "0x8006000000000000")]
    [InlineData(0x4004FDE800000001, "0x4004fde800000001")]
    [InlineData(0x4004FDE8CCEE6B28, "0x4004fde8ccee6b28")]
    [InlineData(0x4004FDE87FC00000, "0x4004fde87fc00000")]
    public void Every_one_has_a_text_form_that_reads_back(ulong value, string text)
    {
        new ExtendedCommunity(value).ToString().Should().Be(text);
        ExtendedCommunity.Parse(text).Should().Be(new ExtendedCommunity(value));
        ExtendedCommunity.Parse($"0x{value:X16}").Should().Be(new ExtendedCommunity(value), "hexadecimal is always read");
    }

    [Theory]
    [InlineData("rt:65000")]
    [InlineData("rt:65000:100:1")]
    [InlineData("rt:65000:4294967296")]
    [InlineData("rt:4200000000:65536")]
    [InlineData("rt:65000L:65536")]
    [InlineData("rt:198.51.100.1:65536")]
    [InlineData("rt:198.51.100:1")]
    [InlineData("rt::1")]
    [InlineData("xx:65000:100")]
    [InlineData("lb:65536:1")]
    [InlineData("lb:65000:-1")]
    [InlineData("lb:65000:1e3")]
    [InlineData("lb:65000:NaN")]
    [InlineData("lb:65000:Infinity")]
    [InlineData("opaque:12:8")]
    [InlineData("opaque:256:000000000008")]
    [InlineData("0x02fde800000064")]
    [InlineData("0x0002fde80000006g")]
    [InlineData("0x0x02fde800000064")]
    [InlineData("")]
    public void What_is_no_extended_community_is_refused(string text)
    {
        ExtendedCommunity.TryParse(text, out var community).Should().BeFalse();
        community.Should().Be(default(ExtendedCommunity));
        ((Action)(() => ExtendedCommunity.Parse(text))).Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [Fact]
    public void Random_values_read_back_from_their_text()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            // Mostly types and subtypes that have a form of their own.
            var value = (ulong)random.NextInt64() << 1;
            value = (value & 0x0000_FFFF_FFFF_FFFF) | ((ulong)(byte)(random.Next(5) | (random.Next(2) << 6)) << 56) | ((ulong)random.Next(6) << 48);
            var community = new ExtendedCommunity(value);
            ExtendedCommunity.Parse(community.ToString()).Should().Be(community, $"{value:X16} reads back from '{community}'");
        }
    }

    [Fact]
    public void Route_targets_and_origins_are_made_and_taken_apart_in_three_shapes()
    {
        var plain = ExtendedCommunity.RouteTarget(65000, 100_000);
        (plain.IsRouteTarget, plain.IsRouteOrigin, plain.IsTransitive).Should().Be((true, false, true));
        (plain.Asn, plain.Address, plain.Number).Should().Be((new Asn(65000), null, 100_000u));

        var large = ExtendedCommunity.RouteTarget(4200000000, 100);
        large.Value.Should().Be(0x0202FA56EA000064, "an AS number of four octets needs the shape of RFC 5668");
        (large.Asn, large.Number).Should().Be((new Asn(4200000000), 100u));
        ExtendedCommunity.RouteTarget(65000, 100, fourOctetAs: true).Value.Should().Be(0x02020000FDE80064);

        var address = ExtendedCommunity.RouteOrigin(IPAddress.Parse("198.51.100.1"), 7);
        (address.IsRouteTarget, address.IsRouteOrigin).Should().Be((false, true));
        address.Asn.Should().BeNull();
        address.Address.Should().Be(IPAddress.Parse("198.51.100.1"));
        address.Number.Should().Be(7);
        ExtendedCommunity.RouteOrigin(65000, 5).Value.Should().Be(0x0003FDE800000005);

        ((Action)(() => ExtendedCommunity.RouteTarget(4200000000, 65536))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => ExtendedCommunity.RouteTarget(IPAddress.IPv6Loopback, 1))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_link_bandwidth_is_octets_a_second_as_a_float_or_an_integer()
    {
        var bandwidth = ExtendedCommunity.LinkBandwidth(65000, 125_000_000);
        bandwidth.Value.Should().Be(0x4004FDE84CEE6B28);
        (bandwidth.IsLinkBandwidth, bandwidth.IsTransitive, bandwidth.Asn).Should().Be((true, false, new Asn(65000)));
        bandwidth.TryGetLinkBandwidth(out var bytesPerSecond).Should().BeTrue();
        bytesPerSecond.Should().Be(125_000_000);

        ExtendedCommunity.LinkBandwidth(4200000000, 1, isTransitive: true).Value
            .Should().Be(0x00045BA03F800000, "there are two octets for the AS number: AS_TRANS");

        var integer = ExtendedCommunity.LinkBandwidth(65000, 125_000_000, form: LinkBandwidthForm.UnsignedInteger);
        integer.Value.Should().Be(0x4004FDE807735940);
        integer.TryGetLinkBandwidth(out bytesPerSecond, LinkBandwidthForm.UnsignedInteger).Should().BeTrue();
        bytesPerSecond.Should().Be(125_000_000);
        ExtendedCommunity.LinkBandwidth(65000, 1e20f, form: LinkBandwidthForm.UnsignedInteger).Value
            .Should().Be(0x4004FDE8FFFFFFFF, "more than an integer can say is the most it can");

        new ExtendedCommunity(0x4004FDE8CCEE6B28).TryGetLinkBandwidth(out _).Should().BeFalse("a bandwidth is not negative");
        new ExtendedCommunity(0x4004FDE87FC00000).TryGetLinkBandwidth(out _).Should().BeFalse("NaN is no bandwidth");
        s_target.TryGetLinkBandwidth(out _).Should().BeFalse();
        ((Action)(() => ExtendedCommunity.LinkBandwidth(65000, -1))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => ExtendedCommunity.LinkBandwidth(65000, float.PositiveInfinity))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Opaque_ones_are_a_subtype_and_48_bits()
    {
        var encapsulation = ExtendedCommunity.Opaque(12, 8);
        encapsulation.Value.Should().Be(0x030C000000000008);
        (encapsulation.IsOpaque, encapsulation.Subtype, encapsulation.Payload).Should().Be((true, (byte)12, 8ul));
        ExtendedCommunity.Opaque(12, 8, isTransitive: false).Value.Should().Be(0x430C000000000008);
        ((Action)(() => ExtendedCommunity.Opaque(12, 1ul << 48))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("rt:[2001:db8::1]:100")]
    [InlineData("ro:[::]:65535")]
    [InlineData("0x400220010db80000000000000000000000010064")]
    public void IPv6_ones_have_a_text_form_that_reads_back(string text) =>
        Ipv6ExtendedCommunity.Parse(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("rt:2001:db8::1:100")]
    [InlineData("rt:[198.51.100.1]:100")]
    [InlineData("rt:[2001:db8::1]:65536")]
    [InlineData("rt:[2001:db8::1]")]
    [InlineData("rt:[fe80::1%1]:1")]
    [InlineData("xx:[2001:db8::1]:1")]
    [InlineData("0x400220010db8")]
    [InlineData("]::[")]
    [InlineData("")]
    public void What_is_no_IPv6_extended_community_is_refused(string text) =>
        Ipv6ExtendedCommunity.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void IPv6_ones_are_made_and_taken_apart()
    {
        var target = Ipv6ExtendedCommunity.RouteTarget(IPAddress.Parse("2001:db8::1"), 100);
        (target.IsRouteTarget, target.IsRouteOrigin, target.IsTransitive, target.LocalAdministrator).Should().Be((true, false, true, (ushort)100));
        target.GlobalAdministrator.Should().Be(IPAddress.Parse("2001:db8::1"));
        Ipv6ExtendedCommunity.RouteOrigin(IPAddress.Parse("2001:db8::1"), 100).IsRouteOrigin.Should().BeTrue();
        ((Action)(() => Ipv6ExtendedCommunity.RouteTarget(IPAddress.Loopback, 1))).Should().Throw<ArgumentException>();
    }
}
