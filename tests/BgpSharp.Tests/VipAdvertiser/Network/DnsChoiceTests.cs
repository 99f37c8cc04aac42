using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

public sealed class DnsChoiceTests
{
    [Theory]
    [InlineData(nameof(DnsMode.First), "2001:db8::1 203.0.113.1 203.0.113.2", "2001:db8::1")]
    [InlineData(nameof(DnsMode.First), "203.0.113.1 2001:db8::1", "203.0.113.1")]
    [InlineData(nameof(DnsMode.Ipv4), "2001:db8::1 203.0.113.1 203.0.113.2", "203.0.113.1")]
    [InlineData(nameof(DnsMode.Ipv6), "203.0.113.1 2001:db8::1 2001:db8::2", "2001:db8::1")]
    [InlineData(nameof(DnsMode.Ipv6), "203.0.113.1", "")]
    [InlineData(nameof(DnsMode.Dual), "2001:db8::1 2001:db8::2 203.0.113.1 203.0.113.2", "203.0.113.1 2001:db8::1")]
    [InlineData(nameof(DnsMode.Dual), "203.0.113.1", "203.0.113.1")]
    [InlineData(nameof(DnsMode.Dual), "", "")]
    public void The_mode_says_which_of_the_addresses_become_VIPs(string mode, string found, string expected)
    {
        DnsChoice.Pick(Addresses(found), Enum.Parse<DnsMode>(mode), []).Should().Equal(Addresses(expected));
    }

    [Theory]
    [InlineData("203.0.113.2", "203.0.113.1 203.0.113.2", "203.0.113.2", "servers turn the order at every answer, and the VIP must not move by it")]
    [InlineData("203.0.113.3", "203.0.113.1 203.0.113.2", "203.0.113.1", "the name has it no more")]
    public void An_address_that_was_chosen_stays_chosen_while_the_name_has_it(string known, string found, string expected, string because)
    {
        DnsChoice.Pick(Addresses(found), DnsMode.First, Addresses(known)).Should().Equal(Addresses(expected), because);
        DnsChoice.Pick(Addresses(found), DnsMode.Ipv4, Addresses(known)).Should().Equal(Addresses(expected), because);
    }

    [Theory]
    [InlineData("::ffff:203.0.113.1 203.0.113.1", "203.0.113.1", "an IPv4-mapped address is IPv4, and each counts once")]
    [InlineData("203.0.113.1 203.0.113.2 203.0.113.1", "203.0.113.1 203.0.113.2", "each counts once")]
    [InlineData("127.0.1.1 ::1 203.0.113.1", "203.0.113.1", "a host's own name often has loopback addresses in /etc/hosts")]
    [InlineData("0.0.0.0 :: 224.0.0.1 ff02::1 169.254.1.1 fe80::1 2001:db8::1", "2001:db8::1", "no router can lead there")]
    [InlineData("", "", "there is nothing")]
    public void An_answer_is_worth_its_routable_addresses(string answer, string expected, string because)
    {
        DnsChoice.Usable(Addresses(answer)).Should().Equal(Addresses(expected), because);
    }

    [Fact]
    public async Task A_name_whose_addresses_are_all_loopback_is_not_resolved()
    {
        var resolver = new SystemNameResolver();

        var resolve = () => resolver.ResolveAsync("localhost", TestContext.Current.CancellationToken);

        (await resolve.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.NoData);
    }

    [Fact]
    public async Task An_address_is_its_own_name()
    {
        (await new SystemNameResolver().ResolveAsync("203.0.113.1", TestContext.Current.CancellationToken))
            .Should().Equal(IPAddress.Parse("203.0.113.1"));
    }

    private static IPAddress[] Addresses(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
}
