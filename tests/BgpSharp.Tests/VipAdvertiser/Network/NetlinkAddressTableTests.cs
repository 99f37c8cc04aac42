using System.Net;
using System.Text.Json;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

public sealed class NetlinkAddressTableTests : IDisposable
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

    private readonly NetworkNamespace _namespace = new();

    [Fact]
    public void An_added_address_is_seen_by_ip_as_32_host_scope_deprecated_and_valid_forever()
    {
        Add(Vip).Should().BeTrue();

        JsonElement seen = _namespace.Addresses().Single(a => a.GetProperty("local").GetString() == "203.0.113.10");
        seen.GetProperty("prefixlen").GetInt32().Should().Be(32);
        seen.GetProperty("scope").GetString().Should().Be("host");
        seen.GetProperty("deprecated").GetBoolean().Should().BeTrue();
        seen.GetProperty("valid_life_time").GetUInt32().Should().Be(uint.MaxValue);
    }

    [Fact]
    public void A_dump_gives_back_every_field_of_what_was_added()
    {
        Add(Vip);

        List().Should().ContainSingle(a => a.Address.Equals(Vip.Address)).Which.Should().Be(Vip);
    }

    [Fact]
    public void A_dump_of_more_addresses_than_fit_into_one_datagram_is_complete()
    {
        IPAddress[] added = [.. Enumerable.Range(1, 254).SelectMany(i => new[] { IPAddress.Parse($"203.0.113.{i}"), IPAddress.Parse($"198.51.100.{i}") })];
        foreach (IPAddress address in added)
        {
            Add(Vip with { Address = address });
        }

        List().Select(a => a.Address).Should().Contain(added);
    }

    [Fact]
    public void An_IPv6_address_is_added_and_removed_like_an_IPv4_one()
    {
        InterfaceAddress vip = Vip with { Address = IPAddress.Parse("2001:db8::10"), PrefixLength = 128, Scope = AddressScope.Global };

        Add(vip).Should().BeTrue();
        _namespace.Addresses().Should().Contain(a => a.GetProperty("local").GetString() == "2001:db8::10");
        Remove(vip).Should().BeTrue();
        _namespace.Addresses().Should().NotContain(a => a.GetProperty("local").GetString() == "2001:db8::10");
    }

    [Fact]
    public void An_address_that_is_there_already_is_left_as_it_is()
    {
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo");

        Add(Vip).Should().BeFalse();
        _namespace.Addresses().Should().Contain(a => a.GetProperty("local").GetString() == "203.0.113.10")
            .Which.TryGetProperty("deprecated", out _).Should().BeFalse("the address of somebody else is not changed");
    }

    [Fact]
    public void A_removed_address_is_gone_and_removing_it_again_is_not_an_error()
    {
        Add(Vip);

        Remove(Vip).Should().BeTrue();
        _namespace.Addresses().Should().NotContain(a => a.GetProperty("local").GetString() == "203.0.113.10");
        Remove(Vip).Should().BeFalse();
    }

    [Fact]
    public void A_refusal_carries_the_errno_and_the_kernels_own_words()
    {
        NetlinkException failure = Assert.Throws<NetlinkException>(() => Add(Vip with { PrefixLength = 33 }));

        failure.Errno.Should().Be(22);
        failure.Message.Should().Contain("Invalid argument").And.Contain("prefix length", "the extended acknowledgement says what is invalid");
    }

    [Fact]
    public void An_interface_that_does_not_exist_is_a_refusal_when_adding_and_nothing_to_do_when_removing()
    {
        Assert.Throws<NetlinkException>(() => Add(Vip with { InterfaceIndex = 4711 })).Errno.Should().Be(19);
        Remove(Vip with { InterfaceIndex = 4711 }).Should().BeFalse();
    }

    [Fact]
    public void Interfaces_are_found_by_name()
    {
        _namespace.Run(() => InterfaceIndex.Find("lo")).Should().Be(Loopback);
        _namespace.Run(() => InterfaceIndex.Find("nosuch0")).Should().Be(0);
    }

    public void Dispose() => _namespace.Dispose();

    private bool Add(InterfaceAddress address) => _namespace.Run(() => Table.AddAddress(address));

    private bool Remove(InterfaceAddress address) => _namespace.Run(() => Table.RemoveAddress(address));

    private IReadOnlyList<InterfaceAddress> List() => _namespace.Run(Table.ListAddresses);
}
