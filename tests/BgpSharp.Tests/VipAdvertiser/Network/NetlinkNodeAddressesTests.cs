using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

public sealed class NetlinkNodeAddressesTests : IDisposable
{
    private readonly NetworkNamespace _namespace = new();
    private readonly NetlinkAddressTable _table = new();

    [Fact]
    public void The_nodes_own_addresses_are_neither_loopback_nor_VIPs_nor_link_local_nor_on_an_interface_that_is_down()
    {
        AddLink("node0", "198.51.100.1/25", "2001:db8::1/64 nodad", "169.254.25.10/32 scope link");
        AddLink("ipvs0", "203.0.113.96/32");
        _namespace.Ip("link", "set", "ipvs0", "down");
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo", "preferred_lft", "0");
        _namespace.Ip("addr", "add", "203.0.113.11/32", "dev", "node0", "preferred_lft", "0");

        Addresses().NodeAddresses().Should().BeEquivalentTo([IPAddress.Parse("198.51.100.1"), IPAddress.Parse("2001:db8::1")]);
    }

    [Theory]
    [InlineData("198.51.100.9", "198.51.100.1")]
    [InlineData("2001:db8::9", "2001:db8::1")]
    [InlineData("203.0.113.99", null)]
    [InlineData("2001:db8:ffff::1", null)]
    public void The_source_address_is_the_kernels_choice(string peer, string? expected)
    {
        AddLink("node0", "198.51.100.1/25", "2001:db8::1/64 nodad");
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo", "preferred_lft", "0");

        _namespace.Run(() => Addresses().FindSourceAddress(IPAddress.Parse(peer))).Should().Be(expected is null ? null : IPAddress.Parse(expected));
    }

    public void Dispose()
    {
        _table.Dispose();
        _namespace.Dispose();
    }

    private NetlinkNodeAddresses Addresses()
    {
        _namespace.Run(_table.ListAddresses);
        return new NetlinkNodeAddresses(_table);
    }

    private void AddLink(string name, params string[] addresses)
    {
        _namespace.AddLink(name);
        foreach (var address in addresses)
        {
            _namespace.Ip(["addr", "add", .. address.Split(' '), "dev", name]);
        }
    }
}
