using System.Net;

namespace BgpSharp.Tests.Net;

public sealed class ValueTypeTests
{
    [Theory]
    [InlineData("0", 0u)]
    [InlineData("65000", 65000u)]
    [InlineData("4294967295", uint.MaxValue)]
    [InlineData("1.10", 65546u)]
    [InlineData("65535.65535", uint.MaxValue)]
    public void AS_numbers_are_read_in_asplain_and_asdot(string text, uint value) =>
        Asn.Parse(text).Should().Be(new Asn(value));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("1.65536")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    [InlineData("AS1")]
    public void What_is_no_AS_number_is_refused(string text)
    {
        Asn.TryParse(text, out _).Should().BeFalse();
        ((Action)(() => Asn.Parse(text))).Should().Throw<FormatException>().WithMessage($"*'{text}'*");
    }

    [Theory]
    [InlineData("65000:100", 0xFDE80064u)]
    [InlineData("no-export", 0xFFFFFF01u)]
    [InlineData("BLACKHOLE", 0xFFFF029Au)]
    [InlineData("65535:0", 0xFFFF0000u)]
    public void Communities_are_read_by_number_and_by_name(string text, uint value)
    {
        Community.Parse(text).Should().Be(new Community(value));
        Community.Parse(new Community(value).ToString()).Should().Be(new Community(value), "the text form can be read back");
    }

    [Theory]
    [InlineData("65536:1")]
    [InlineData("1:65536")]
    [InlineData("1")]
    [InlineData("1:2:3")]
    [InlineData("no-such-name")]
    public void What_is_no_community_is_refused(string text) => Community.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("198.51.100.11", 0xC633640Bu)]
    [InlineData("0.0.0.1", 1u)]
    public void Identifiers_are_read_and_written_dotted(string text, uint value)
    {
        BgpIdentifier.Parse(text).Should().Be(new BgpIdentifier(value));
        new BgpIdentifier(value).ToString().Should().Be(text);
        BgpIdentifier.FromAddress(IPAddress.Parse(text)).Should().Be(new BgpIdentifier(value));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("::1")]
    [InlineData("")]
    public void What_is_no_identifier_is_refused(string text) => BgpIdentifier.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Families_have_names() =>
        (BgpFamily.Ipv4Unicast.ToString(), BgpFamily.Ipv6Unicast.ToString(), new BgpFamily(25, 70).ToString(), new BgpFamily(1, 99).ToString())
            .Should().Be(("ipv4-unicast", "ipv6-unicast", "l2vpn-evpn", "afi-1-safi-99"));

    [Fact]
    public void An_IPv6_extended_community_is_made_of_its_four_parts()
    {
        var address = IPAddress.Parse("2001:db8::1:2");

        var community = new Ipv6ExtendedCommunity(0x40, 3, address, 65535);

        (community.Type, community.Subtype, community.LocalAdministrator).Should().Be(((byte)0x40, (byte)3, (ushort)65535));
        community.GlobalAdministrator.Should().Be(address);
        var ofIpv4 = () => new Ipv6ExtendedCommunity(0, 2, IPAddress.Parse("198.51.100.1"), 1);
        ofIpv4.Should().Throw<ArgumentException>().WithMessage("198.51.100.1 is not an IPv6 address*");
    }
}
