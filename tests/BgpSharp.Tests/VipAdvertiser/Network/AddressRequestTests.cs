using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>The bytes of the requests, on a little-endian host.</summary>
public sealed class AddressRequestTests
{
    private static readonly InterfaceAddress Vip = new()
    {
        InterfaceIndex = 1,
        Address = IPAddress.Parse("203.0.113.10"),
        PrefixLength = 32,
        Scope = AddressScope.Host,
        Flags = AddressFlags.Deprecated,
        Metric = OwnerMark.Default.Metric,
    };

    /// <summary>Not zeroed: what a message leaves out must not show through.</summary>
    private readonly byte[] _buffer = [.. Enumerable.Repeat((byte)0xEE, AddressRequest.MaxLength)];

    [Fact]
    public void Adding_an_IPv4_address_is_create_and_exclusive_with_local_address_lifetimes_and_owner()
    {
        Hex(AddressRequest.Add(_buffer, Vip, sequence: 7)).Should().Be(
            "44000000" + "1400" + "0506" + "07000000" + "00000000" + // nlmsghdr: 68 bytes, RTM_NEWADDR, REQUEST|ACK|EXCL|CREATE
            "02" + "20" + "00" + "FE" + "01000000" +                 // ifaddrmsg: AF_INET, /32, host scope, lo
            "0800" + "0200" + "CB00710A" +                           // IFA_LOCAL
            "0800" + "0100" + "CB00710A" +                           // IFA_ADDRESS
            "1400" + "0600" + "00000000FFFFFFFF0000000000000000" +   // IFA_CACHEINFO: preferred 0, valid forever
            "0800" + "0900" + "AB0EAE0A");                           // IFA_RT_PRIORITY: the owner's mark
    }

    [Fact]
    public void Without_an_owner_and_not_deprecated_the_lifetimes_are_forever_and_there_is_no_owner_attribute()
    {
        Hex(AddressRequest.Add(_buffer, Vip with { Flags = AddressFlags.None, Metric = 0 }, sequence: 7)).Should()
            .StartWith("3C000000").And.EndWith("14000600" + "FFFFFFFFFFFFFFFF0000000000000000");
    }

    [Fact]
    public void An_IPv6_address_has_family_10_and_no_local_attribute()
    {
        InterfaceAddress vip = Vip with { Address = IPAddress.Parse("2001:db8::10"), PrefixLength = 128, Scope = AddressScope.Global };

        Hex(AddressRequest.Remove(_buffer, vip, sequence: 1)).Should().Be(
            "2C000000" + "1500" + "0500" + "01000000" + "00000000" +
            "0A" + "80" + "00" + "00" + "01000000" +
            "1400" + "0100" + "20010DB8000000000000000000000010");
    }

    [Fact]
    public void Removing_an_IPv4_address_names_it_by_family_length_interface_and_address()
    {
        Hex(AddressRequest.Remove(_buffer, Vip, sequence: 2)).Should().Be(
            "28000000" + "1500" + "0500" + "02000000" + "00000000" +
            "02" + "20" + "00" + "FE" + "01000000" +
            "0800" + "0200" + "CB00710A" +
            "0800" + "0100" + "CB00710A");
    }

    [Fact]
    public void Replacing_is_create_and_replace_and_the_rest_as_when_adding()
    {
        string added = Hex(AddressRequest.Add(_buffer, Vip, sequence: 7));

        Hex(AddressRequest.Replace(_buffer, Vip, sequence: 7)).Should().Be("44000000" + "1400" + "0505" + added[16..]);
    }

    [Fact]
    public void Skipping_duplicate_address_detection_is_the_flags_attribute()
    {
        InterfaceAddress vip = Vip with
        {
            Address = IPAddress.Parse("2001:db8::10"),
            PrefixLength = 128,
            Scope = AddressScope.Global,
            Flags = AddressFlags.Deprecated | AddressFlags.NoDad,
        };

        Hex(AddressRequest.Add(_buffer, vip, sequence: 1)).Should().EndWith("0800" + "0800" + "02000000" + "0800" + "0900" + "AB0EAE0A");
    }

    [Fact]
    public void The_default_routes_of_a_family_are_found_in_a_dump_of_all_its_routes()
    {
        Hex(RouteRequest.List(_buffer, AddressFamilyNumber.Inet6, sequence: 3)).Should().Be(
            "1C000000" + "1A00" + "0103" + "03000000" + "00000000" + "0A00000000000000" + "00000000");
    }

    [Fact]
    public void An_interface_is_asked_for_by_name_with_its_NUL_or_by_index_without_statistics()
    {
        Hex(LinkRequest.ByName(_buffer, "lo", sequence: 3)).Should().Be(
            "30000000" + "1200" + "0500" + "03000000" + "00000000" +
            "00000000" + "00000000" + "0000000000000000" +
            "0800" + "1D00" + "08000000" +
            "0700" + "0300" + "6C6F0000");
        Hex(LinkRequest.ByIndex(_buffer, 7, sequence: 3)).Should().Be(
            "28000000" + "1200" + "0500" + "03000000" + "00000000" +
            "00000000" + "07000000" + "0000000000000000" +
            "0800" + "1D00" + "08000000");
        Hex(LinkRequest.ByName(_buffer, "fifteen-letters", sequence: 3)).Should().EndWith(
            "1400" + "0300" + Convert.ToHexString("fifteen-letters\0"u8));
    }

    [Fact]
    public void Listing_is_a_dump_request_of_every_family()
    {
        Hex(AddressRequest.List(_buffer, sequence: 3)).Should().Be("18000000" + "1600" + "0103" + "03000000" + "00000000" + "0000000000000000");
    }

    private static string Hex(ReadOnlySpan<byte> message) => Convert.ToHexString(message);
}
