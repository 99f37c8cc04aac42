using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class CapabilityCodecTests
{
    [Fact]
    public void Multiprotocol_carries_a_family()
    {
        var capability = CapabilityCodec.Multiprotocol(BgpFamily.Ipv6Unicast);

        capability.Should().Be(new BgpCapability(1, [0, 2, 0, 1]));
        CapabilityCodec.TryReadMultiprotocol(capability, out var family).Should().BeTrue();
        family.Should().Be(BgpFamily.Ipv6Unicast);
    }

    [Fact]
    public void Four_octet_AS_carries_a_number()
    {
        var capability = CapabilityCodec.FourOctetAsn(4200000000);

        capability.Should().Be(new BgpCapability(65, [0xFA, 0x56, 0xEA, 0x00]));
        CapabilityCodec.TryReadFourOctetAsn(capability, out var asn).Should().BeTrue();
        asn.Should().Be(new Asn(4200000000));
    }

    [Theory]
    [InlineData(1, "000100")]
    [InlineData(1, "0001000100")]
    [InlineData(65, "0000FD")]
    [InlineData(2, "00")]
    public void A_known_capability_with_an_impossible_value_is_as_good_as_not_sent(byte code, string value)
    {
        var capability = new BgpCapability(code, Convert.FromHexString(value));

        CapabilityCodec.TryReadMultiprotocol(capability, out _).Should().BeFalse();
        CapabilityCodec.TryReadFourOctetAsn(capability, out _).Should().BeFalse();
        CapabilityCodec.IsRouteRefresh(capability).Should().BeFalse();
        capability.ToString().Should().Contain(value, "an operator still wants to see it");
    }

    [Theory]
    [InlineData(1, "00010001", "multiprotocol ipv4-unicast")]
    [InlineData(1, "00190046", "multiprotocol afi-25-safi-70")]
    [InlineData(2, "", "route-refresh")]
    [InlineData(65, "0000FDE8", "four-octet-as 65000")]
    [InlineData(73, "0161", "fqdn 0x0161")]
    [InlineData(200, "", "capability-200")]
    public void Capabilities_are_described_by_name(byte code, string value, string expected) =>
        new BgpCapability(code, Convert.FromHexString(value)).ToString().Should().Be(expected);
}
