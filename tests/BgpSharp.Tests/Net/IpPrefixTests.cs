using System.Net;

namespace BgpSharp.Tests.Net;

public sealed class IpPrefixTests
{
    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("203.0.113.10/32")]
    [InlineData("203.0.112.0/21")]
    [InlineData("::/0")]
    [InlineData("2001:db8::/32")]
    [InlineData("2001:db8:0:0:8000::/65")]
    [InlineData("2001:db8::1/128")]
    public void A_prefix_is_read_and_written_the_same(string text) => IpPrefix.Parse(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("203.0.113.10")]
    [InlineData("203.0.113.10/24")]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113/24")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("203.0.113.0/+8")]
    [InlineData("203.0.113.0/")]
    [InlineData("2001:db8::1/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::%1/64")]
    [InlineData("/24")]
    [InlineData("")]
    public void What_is_no_prefix_is_refused(string text)
    {
        IpPrefix.TryParse(text, out var prefix).Should().BeFalse();
        prefix.IsNone.Should().BeTrue();
    }

    [Theory]
    [InlineData("203.0.113.255", 24, "203.0.113.0/24")]
    [InlineData("255.255.255.255", 0, "0.0.0.0/0")]
    [InlineData("255.255.255.255", 31, "255.255.255.254/31")]
    [InlineData("ffff::ffff", 64, "ffff::/64")]
    [InlineData("ffff::ffff", 127, "ffff::fffe/127")]
    public void Making_one_clears_host_bits(string address, int length, string expected) =>
        IpPrefix.Create(IPAddress.Parse(address), length).Should().Be(IpPrefix.Parse(expected));

    [Fact]
    public void Default_is_no_prefix_and_not_the_default_route()
    {
        default(IpPrefix).IsNone.Should().BeTrue();
        default(IpPrefix).Should().NotBe(IpPrefix.Parse("0.0.0.0/0"));
        default(IpPrefix).Family.Should().Be(default(BgpFamily));
        IpPrefix.Parse("0.0.0.0/0").Should().NotBe(IpPrefix.Parse("::/0"));
    }

    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("0.0.0.0/0", "198.51.100.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    public void Containment_stays_within_the_family(string prefix, string address, bool expected) =>
        IpPrefix.Parse(prefix).Contains(IPAddress.Parse(address)).Should().Be(expected);

    [Fact]
    public void Prefixes_sort_by_family_address_and_length()
    {
        string[] sorted = ["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "203.0.113.0/24", "::/0", "2001:db8::/32", "2001:db8::/48", "2001:db9::/32"];

        sorted.Reverse().Select(IpPrefix.Parse).Order().Select(prefix => prefix.ToString()).Should().Equal(sorted);
    }

    [Fact]
    public void The_runtimes_network_converts_both_ways()
    {
        ((IpPrefix)IPNetwork.Parse("203.0.113.0/24")).Should().Be(IpPrefix.Parse("203.0.113.0/24"));
        ((IPNetwork)IpPrefix.Parse("2001:db8::/32")).Should().Be(IPNetwork.Parse("2001:db8::/32"));
    }
}
