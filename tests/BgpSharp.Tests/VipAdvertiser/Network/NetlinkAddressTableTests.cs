using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

public sealed class NetlinkAddressTableTests : IDisposable
{
    private const int Loopback = 1;

    private static readonly InterfaceAddress Vip = new()
    {
        InterfaceIndex = Loopback,
        Address = IPAddress.Parse("203.0.113.10"),
        PrefixLength = 32,
        Scope = AddressScope.Host,
        Flags = AddressFlags.Deprecated,
        Metric = OwnerMark.Default.Metric,
    };

    private readonly NetworkNamespace _namespace = new();
    private readonly NetlinkAddressTable _table = new();

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

        List().Should().ContainSingle(a => a.Address.Equals(Vip.Address)).Which.Should().Be(Vip with { Flags = AddressFlags.Deprecated | AddressFlags.Permanent });
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

    [Fact]
    public void Replacing_marks_an_address_that_is_there_and_shortens_its_lifetime_to_deprecated()
    {
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo", "scope", "host");
        _namespace.Ip("addr", "add", "2001:db8::10/128", "dev", "lo");
        InterfaceAddress six = Vip with { Address = IPAddress.Parse("2001:db8::10"), PrefixLength = 128, Scope = AddressScope.Global };

        Replace(Vip);
        Replace(six);

        List().Where(a => OwnerMark.Default.IsOn(a) && a.Deprecated).Select(a => a.Address).Should().BeEquivalentTo([Vip.Address, six.Address]);
    }

    [Fact]
    public void An_interface_is_found_by_its_name_and_by_its_index_with_its_state()
    {
        _namespace.AddLink("vip0");
        _namespace.Ip("link", "set", "vip0", "down");

        NetworkLink? down = _namespace.Run(() => _table.FindLink("vip0"));
        _namespace.Ip("link", "set", "vip0", "up");

        _namespace.Run(() => _table.FindLink("lo")).Should().Be(new NetworkLink(Loopback, "lo", IsUp: true, IsLoopback: true));
        down.Should().Be(new NetworkLink(down!.Index, "vip0", IsUp: false, IsLoopback: false));
        _namespace.Run(() => _table.FindLink(down.Index)).Should().Be(down with { IsUp = true });
        _namespace.Run(() => _table.FindLink(4711)).Should().BeNull();
        _namespace.Run(() => _table.FindLink("nosuch0")).Should().BeNull();
        _namespace.Run(() => _table.FindLink("longer-than-a-name-can-be")).Should().BeNull();
    }

    [Fact]
    public void The_default_route_with_the_lowest_metric_tells_the_interface_in_each_family()
    {
        _namespace.Run(() => _table.FindDefaultLink(AddressFamily.InterNetwork)).Should().BeNull();
        foreach (string name in (string[])["vip0", "vip1"])
        {
            _namespace.AddLink(name);
        }

        _namespace.Ip("route", "add", "default", "dev", "vip0", "metric", "200");
        _namespace.Ip("route", "add", "default", "dev", "vip1", "metric", "100");
        _namespace.Ip("route", "add", "default", "dev", "lo", "table", "77");
        _namespace.Ip("route", "add", "198.51.100.0/25", "dev", "lo");
        _namespace.Ip("-6", "route", "add", "default", "dev", "vip0");

        _namespace.Run(() => _table.FindDefaultLink(AddressFamily.InterNetwork))!.Name.Should().Be("vip1");
        _namespace.Run(() => _table.FindDefaultLink(AddressFamily.InterNetworkV6))!.Name.Should().Be("vip0");
    }

    [Fact]
    public void Of_several_next_hops_the_first_tells_the_interface()
    {
        _namespace.AddLink("vip0");
        _namespace.Ip("route", "add", "default", "nexthop", "dev", "vip0", "nexthop", "dev", "lo");

        _namespace.Run(() => _table.FindDefaultLink(AddressFamily.InterNetwork))!.Name.Should().Be("vip0");
    }

    public void Dispose()
    {
        _table.Dispose();
        _namespace.Dispose();
    }

    private bool Add(InterfaceAddress address) => _namespace.Run(() => _table.AddAddress(address));

    private bool Remove(InterfaceAddress address) => _namespace.Run(() => _table.RemoveAddress(address));

    private void Replace(InterfaceAddress address) => _namespace.Run(() =>
    {
        _table.ReplaceAddress(address);
        return true;
    });

    private IReadOnlyList<InterfaceAddress> List() => _namespace.Run(_table.ListAddresses);
}
