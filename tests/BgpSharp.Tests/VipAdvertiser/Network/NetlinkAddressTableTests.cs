using System.Net;
using System.Text.Json;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

public sealed class NetlinkAddressTableTests
{
    private const int Loopback = 1;

    private static readonly NetlinkAddressTable Table = new();

    private static readonly InterfaceAddress Vip = new()
    {
        InterfaceIndex = Loopback,
        Address = IPAddress.Parse("203.0.113.10"),
        PrefixLength = 32,
        Scope = AddressScope.Host,
        Deprecated = true,
        Protocol = 179,
    };

    [Fact]
    public void An_added_address_is_seen_by_ip_as_32_host_scope_deprecated_and_valid_forever() => NetworkNamespace.Run(() =>
    {
        Add(Vip).Should().BeTrue();

        JsonElement seen = NetworkNamespace.Addresses("lo").Single(a => a.GetProperty("local").GetString() == "203.0.113.10");
        seen.GetProperty("prefixlen").GetInt32().Should().Be(32);
        seen.GetProperty("scope").GetString().Should().Be("host");
        seen.GetProperty("deprecated").GetBoolean().Should().BeTrue();
        seen.GetProperty("valid_life_time").GetUInt32().Should().Be(uint.MaxValue);
    });

    [Fact]
    public void A_dump_gives_back_every_field_of_what_was_added() => NetworkNamespace.Run(() =>
    {
        Add(Vip);

        List().Should().ContainSingle(a => a.Address.Equals(Vip.Address)).Which.Should().Be(Vip);
    });

    [Fact]
    public void A_dump_of_more_addresses_than_fit_into_one_datagram_is_complete() => NetworkNamespace.Run(() =>
    {
        IPAddress[] added = [.. Enumerable.Range(1, 254).SelectMany(i => new[] { IPAddress.Parse($"203.0.113.{i}"), IPAddress.Parse($"198.51.100.{i}") })];
        foreach (IPAddress address in added)
        {
            Add(Vip with { Address = address });
        }

        List().Select(a => a.Address).Should().Contain(added);
    });

    [Fact]
    public void An_IPv6_address_is_added_and_removed_like_an_IPv4_one() => NetworkNamespace.Run(() =>
    {
        InterfaceAddress vip = Vip with { Address = IPAddress.Parse("2001:db8::10"), PrefixLength = 128, Scope = AddressScope.Global };

        Add(vip).Should().BeTrue();
        NetworkNamespace.Addresses("lo").Should().Contain(a => a.GetProperty("local").GetString() == "2001:db8::10");
        Remove(vip).Should().BeTrue();
        NetworkNamespace.Addresses("lo").Should().NotContain(a => a.GetProperty("local").GetString() == "2001:db8::10");
    });

    [Fact]
    public void An_address_that_is_there_already_is_left_as_it_is() => NetworkNamespace.Run(() =>
    {
        NetworkNamespace.Execute("ip", "addr add 203.0.113.10/32 dev lo");

        Add(Vip).Should().BeFalse();
        NetworkNamespace.Addresses("lo").Should().Contain(a => a.GetProperty("local").GetString() == "203.0.113.10")
            .Which.TryGetProperty("deprecated", out _).Should().BeFalse("the address of somebody else is not changed");
    });

    [Fact]
    public void A_removed_address_is_gone_and_removing_it_again_is_not_an_error() => NetworkNamespace.Run(() =>
    {
        Add(Vip);

        Remove(Vip).Should().BeTrue();
        NetworkNamespace.Addresses("lo").Should().NotContain(a => a.GetProperty("local").GetString() == "203.0.113.10");
        Remove(Vip).Should().BeFalse();
    });

    [Fact]
    public void A_refusal_carries_the_errno_and_the_kernels_own_words() => NetworkNamespace.Run(() =>
    {
        NetlinkException failure = Assert.Throws<NetlinkException>(() => Add(Vip with { PrefixLength = 33 }));

        failure.Errno.Should().Be(22);
        failure.Message.Should().Contain("Invalid argument").And.Contain("prefix length", "the extended acknowledgement says what is invalid");
    });

    [Fact]
    public void An_interface_that_does_not_exist_is_a_refusal_when_adding_and_nothing_to_do_when_removing() => NetworkNamespace.Run(() =>
    {
        Assert.Throws<NetlinkException>(() => Add(Vip with { InterfaceIndex = 4711 })).Errno.Should().Be(19);
        Remove(Vip with { InterfaceIndex = 4711 }).Should().BeFalse();
    });

    [Fact]
    public void Interfaces_are_found_by_name() => NetworkNamespace.Run(() =>
    {
        InterfaceIndex.Find("lo").Should().Be(Loopback);
        InterfaceIndex.Find("nosuch0").Should().Be(0);
    });

    // Synchronous: the socket has to be opened on the thread that is in the namespace.
    private static bool Add(InterfaceAddress address) => Table.AddAddressAsync(address, default).GetAwaiter().GetResult();

    private static bool Remove(InterfaceAddress address) => Table.RemoveAddressAsync(address, default).GetAwaiter().GetResult();

    private static IReadOnlyList<InterfaceAddress> List() => Table.ListAddressesAsync(default).GetAwaiter().GetResult();
}
