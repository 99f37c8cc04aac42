using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>Which of the kernel's events matter, as their bytes on a little-endian host.</summary>
public sealed class AddressInterestTests
{
    private const string Header = "0000" + "00000000" + "00000000";
    private const string VipAdded = "20000000" + "1400" + Header + "02208000" + "01000000" + "08000200CB00710A";
    private const string VipRemoved = "20000000" + "1500" + Header + "02208000" + "01000000" + "08000200CB00710A";
    private const string OtherAdded = "20000000" + "1400" + Header + "02208000" + "01000000" + "08000200CB00710B";
    private const string Link7Up = "28000000" + "1000" + Header + "00000100" + "07000000" + "01000000" + "00000000" + "07000300" + "76300000";
    private const string Link7Gone = "28000000" + "1100" + Header + "00000100" + "07000000" + "00000000" + "00000000" + "07000300" + "76300000";
    private const string DefaultRoute = "24000000" + "1800" + Header + "02000000" + "FE030001" + "00000000" + "08000400" + "07000000";

    private static readonly AddressInterest Vip = AddressInterest.None with { Addresses = new HashSet<IPAddress> { IPAddress.Parse("203.0.113.10") } };

    [Theory]
    [InlineData(VipAdded, true)]
    [InlineData(VipRemoved, true)]
    [InlineData(OtherAdded, false)]
    [InlineData(OtherAdded + VipRemoved, true)]
    [InlineData(OtherAdded + "20000000" + "1500", true)] // Cut short.
    [InlineData(Link7Up, false)]
    [InlineData(DefaultRoute, false)]
    public void A_VIP_concerns_its_address(string datagram, bool expected)
    {
        Vip.Concerns(Convert.FromHexString(datagram)).Should().Be(expected);
    }

    [Theory]
    [InlineData(Link7Up)]
    [InlineData(Link7Gone)]
    public void An_interface_is_known_by_its_name_before_it_comes_and_by_its_index_when_it_was_renamed(string datagram)
    {
        byte[] bytes = Convert.FromHexString(datagram);

        (AddressInterest.None with { LinkNames = new HashSet<string> { "v0" } }).Concerns(bytes).Should().BeTrue();
        (AddressInterest.None with { LinkIndexes = new HashSet<int> { 7 } }).Concerns(bytes).Should().BeTrue();
        (AddressInterest.None with { LinkNames = new HashSet<string> { "v1" }, LinkIndexes = new HashSet<int> { 8 } }).Concerns(bytes).Should().BeFalse();
    }

    [Theory]
    [InlineData(DefaultRoute, true, "a default route of the main table")]
    [InlineData("24000000" + "1900" + Header + "02000000" + "FE030001" + "00000000" + "08000400" + "07000000", true, "its end")]
    [InlineData("24000000" + "1800" + Header + "02180000" + "FE030001" + "00000000" + "08000400" + "07000000", false, "a route to a /24")]
    [InlineData("24000000" + "1800" + Header + "02000000" + "4D030001" + "00000000" + "08000400" + "07000000", false, "a default route of table 77")]
    [InlineData("24000000" + "1800" + Header + "0A000000" + "FE030007" + "00000000" + "08000400" + "01000000", false, "an unreachable default route")]
    [InlineData("24000000" + "1800" + Header + "02000000" + "FE030001" + "01000000" + "08000400" + "07000000", false, "a dead default route")]
    [InlineData("1C000000" + "1800" + Header + "02000000" + "FE030001" + "00000000", false, "a default route to nowhere")]
    [InlineData("28000000" + "1800" + Header + "02000000" + "FE030001" + "00000000" + "0C000900" + "08000000" + "07000000", true, "of one next hop")]
    public void The_default_route_concerns_those_who_follow_it(string datagram, bool expected, string because)
    {
        byte[] bytes = Convert.FromHexString(datagram);

        (AddressInterest.None with { DefaultRoute = true }).Concerns(bytes).Should().Be(expected, because);
        AddressInterest.None.Concerns(bytes).Should().BeFalse("nobody follows it");
    }
}
