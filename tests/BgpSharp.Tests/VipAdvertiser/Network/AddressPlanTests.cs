using System.Globalization;
using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>
/// What becomes of addresses. One is written "address/length interface" and then what is set apart from the shape of
/// ours: "unmarked", "another" (the mark of another host), "preferred", "global", "tentative", "failed". Interface 3 is down.
/// </summary>
public sealed class AddressPlanTests
{
    [Theory]
    [InlineData("", "203.0.113.10/32 1", "Add 203.0.113.10 1", "nothing is there")]
    [InlineData("203.0.113.10/32 1", "203.0.113.10/32 1", "Keep 203.0.113.10 1", "a run that was killed left it")]
    [InlineData("203.0.113.10/32 1", "", "Remove 203.0.113.10 1", "ours goes when nobody wants it")]
    [InlineData("203.0.113.10/32 1 unmarked", "", "", "somebody else's is none of our business")]
    [InlineData("203.0.113.10/32 1 another", "", "", "another host's, which may well be running")]
    [InlineData("203.0.113.10/32 1 another", "203.0.113.10/32 1", "Use 203.0.113.10 1", "another host's does as well")]
    [InlineData("203.0.113.10/32 1 unmarked", "203.0.113.10/32 1", "Use 203.0.113.10 1", "somebody else's does as well")]
    [InlineData("203.0.113.10/24 1 unmarked preferred", "203.0.113.10/32 1", "Use 203.0.113.10 1", "whatever its prefix length")]
    [InlineData("203.0.113.10/24 1", "203.0.113.10/32 1", "Use 203.0.113.10 1", "with our metric, but no length that we ever add")]
    [InlineData("203.0.113.10/24 1", "", "", "with our metric, but no length that we ever add")]
    [InlineData("203.0.113.10/32 2 unmarked", "203.0.113.10/32 1", "Add 203.0.113.10 1", "on another interface it is another address")]
    [InlineData("203.0.113.10/32 1", "203.0.113.10/32 2", "Add 203.0.113.10 2, Remove 203.0.113.10 1", "it moves: there first, then gone here")]
    [InlineData("203.0.113.10/32 1 global", "203.0.113.10/32 1", "Renew 203.0.113.10 1", "the kernel changes no scope")]
    [InlineData("203.0.113.10/32 1 global", "203.0.113.10/32 1 global", "Keep 203.0.113.10 1", "in the scope that is wanted")]
    [InlineData("2001:db8::10/128 1 global", "2001:db8::10/128 1", "Keep 2001:db8::10 1", "IPv6 has its scope from its bits")]
    [InlineData("2001:db8::10/128 2 tentative", "2001:db8::10/128 2", "Keep 2001:db8::10 2", "it will be usable")]
    [InlineData("2001:db8::10/128 2 tentative failed", "2001:db8::10/128 2", "Keep 2001:db8::10 2", "an attempt just failed")]
    [InlineData("", "203.0.113.10/32 3", "Wait 203.0.113.10 3", "its interface is down")]
    [InlineData("203.0.113.10/32 3", "203.0.113.10/32 3", "Keep 203.0.113.10 3", "its interface went down under it")]
    [InlineData("203.0.113.10/24 1 unmarked, 203.0.113.10/32 1", "203.0.113.10/32 1", "Keep 203.0.113.10 1", "ours is beside somebody else's")]
    [InlineData("203.0.113.11/32 1, 203.0.113.12/32 1 unmarked", "203.0.113.10/32 1, 2001:db8::10/128 1", "Add 203.0.113.10 1, Add 2001:db8::10 1, Remove 203.0.113.11 1", "each for itself")]
    public void The_table_says_whose_an_address_is(string present, string wanted, string expected, string because)
    {
        Plan(present, wanted).Should().Be(expected, because);
    }

    [Theory]
    [InlineData("203.0.113.10/32 1 unmarked", "203.0.113.10/32 1", "TakeOver 203.0.113.10 1", "kube-vip's shape")]
    [InlineData("2001:db8::10/128 1 unmarked global", "2001:db8::10/128 1", "TakeOver 2001:db8::10 1", "kube-vip's shape")]
    [InlineData("203.0.113.10/32 2 unmarked global", "203.0.113.10/32 2 global", "TakeOver 203.0.113.10 2", "kube-vip's shape, off lo or with vip_interfaceloglobal")]
    [InlineData("203.0.113.10/32 1 unmarked global", "203.0.113.10/32 1", "Use 203.0.113.10 1", "another scope than configured")]
    [InlineData("203.0.113.10/32 1 unmarked preferred", "203.0.113.10/32 1", "Use 203.0.113.10 1", "not deprecated: an operator's own")]
    [InlineData("203.0.113.10/24 1 unmarked", "203.0.113.10/32 1", "Use 203.0.113.10 1", "another length")]
    [InlineData("203.0.113.10/32 1 another", "203.0.113.10/32 1", "Use 203.0.113.10 1", "another host's, and not kube-vip's")]
    [InlineData("203.0.113.10/32 2 unmarked", "203.0.113.10/32 1", "Add 203.0.113.10 1", "another interface")]
    [InlineData("203.0.113.10/32 1 unmarked", "203.0.113.11/32 1", "Add 203.0.113.11 1", "another address")]
    [InlineData("203.0.113.10/32 1", "203.0.113.10/32 1", "Keep 203.0.113.10 1", "ours already")]
    [InlineData("203.0.113.10/32 1 unmarked", "", "", "nobody wants it, and it is not ours yet")]
    public void In_kube_vips_place_an_address_of_its_shape_is_taken_over(string present, string wanted, string expected, string because)
    {
        Plan(present, wanted, takesOver: true).Should().Be(expected, because);
    }

    [Theory]
    [InlineData("203.0.113.10/32 1 unmarked", true, "TakeOver 203.0.113.10 1", "kube-vip left it")]
    [InlineData("203.0.113.10/32 1", false, "Keep 203.0.113.10 1", "an earlier run left it")]
    [InlineData("203.0.113.10/32 1 unmarked preferred", true, "Use 203.0.113.10 1", "somebody else's")]
    [InlineData("", true, "", "it is not there, and not added")]
    [InlineData("203.0.113.11/32 1", true, "Remove 203.0.113.11 1", "ours, and no VIP")]
    public void What_is_only_kept_stays_as_it_is_and_is_not_added(string present, bool takesOver, string expected, string because)
    {
        Text(AddressPlan.Make([.. Want("203.0.113.10/32 1").Select(target => target with { OnlyKept = true })], [], Read(present), OwnerMark.Default, takesOver, renewsFailed: false))
            .Should().Be(expected, because);
    }

    [Fact]
    public void An_address_that_failed_its_detection_is_tried_again_when_its_time_has_come()
    {
        Plan("2001:db8::10/128 2 tentative failed", "2001:db8::10/128 2", renewsFailed: true).Should().Be("Renew 2001:db8::10 2");
        Plan("2001:db8::10/128 2 tentative", "2001:db8::10/128 2", renewsFailed: true).Should().Be("Keep 2001:db8::10 2");
        Plan("2001:db8::10/128 2 unmarked tentative failed", "2001:db8::10/128 2", renewsFailed: true).Should().Be("Use 2001:db8::10 2");
    }

    [Theory]
    [InlineData("203.0.113.10/32 1", "203.0.113.10/32 1", true, "ours is there")]
    [InlineData("203.0.113.10/24 1 unmarked preferred", "203.0.113.10/32 1", true, "somebody else's is there")]
    [InlineData("203.0.113.10/32 2", "203.0.113.10/32 1", false, "it is elsewhere")]
    [InlineData("203.0.113.10/32 3", "203.0.113.10/32 3", false, "its interface is down")]
    [InlineData("2001:db8::10/128 2 tentative", "2001:db8::10/128 2", false, "the kernel does not receive for it yet")]
    [InlineData("2001:db8::10/128 2 failed", "2001:db8::10/128 2", false, "another host has it")]
    public void In_place_is_what_packets_are_received_for(string present, string wanted, bool expected, string because)
    {
        AddressPlan.IsInPlace(Want(wanted).Single(), Read(present)).Should().Be(expected, because);
    }

    [Fact]
    public void A_host_has_the_mark_of_its_name()
    {
        OwnerMark.Of("bgpsharp-vip").Metric.Should().Be(179_179_179);
        OwnerMark.Of("ingress").Should().Be(OwnerMark.Of("ingress")).And.NotBe(OwnerMark.Of("ingress-2")).And.NotBe(OwnerMark.Default);
        Enumerable.Range(0, 10_000).Select(i => OwnerMark.Of($"host-{i}").Metric)
            .Should().OnlyContain(metric => metric / 1_000_000 == 179 && metric != OwnerMark.Default.Metric, "who looks at the table knows whose it is");
    }

    private static string Plan(string present, string wanted, bool takesOver = false, bool renewsFailed = false) =>
        Text(AddressPlan.Make(Want(wanted), [], Read(present), OwnerMark.Default, takesOver, renewsFailed));

    private static string Text(IReadOnlyList<AddressStep> steps) =>
        string.Join(", ", steps.Select(step => $"{step.Action} {step.Address.Address} {step.Address.InterfaceIndex}"));

    private static WantedAddress[] Want(string wanted) =>
        [.. Read(wanted).Select(address => new WantedAddress(address, new NetworkLink(address.InterfaceIndex, "vip", address.InterfaceIndex != 3, false)))];

    private static InterfaceAddress[] Read(string addresses) =>
        [.. addresses.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ', '/')).Select(words => new InterfaceAddress
        {
            Address = IPAddress.Parse(words[0]),
            PrefixLength = byte.Parse(words[1], CultureInfo.InvariantCulture),
            InterfaceIndex = int.Parse(words[2], CultureInfo.InvariantCulture),
            Metric = words.Contains("unmarked") ? 0 : (words.Contains("another") ? OwnerMark.Of("another") : OwnerMark.Default).Metric,
            Scope = words.Contains("global") ? AddressScope.Global : AddressScope.Host,
            Flags = (words.Contains("preferred") ? 0 : AddressFlags.Deprecated)
                | (words.Contains("tentative") ? AddressFlags.Tentative : 0)
                | (words.Contains("failed") ? AddressFlags.DadFailed : 0),
        })];
}
