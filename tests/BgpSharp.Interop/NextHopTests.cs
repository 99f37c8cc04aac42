using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>An IPv6 route on an IPv4 session, with the next hops of the interface (RFC 2545), as FRR and its kernel see them.</summary>
public sealed class NextHopTests
{
    private const string Vip6 = "2001:db8:1::10/128";

    [Fact]
    public async Task FRR_takes_an_IPv6_route_over_IPv4_with_the_global_and_the_link_local_address_of_the_interface()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        await Ip.BatchAsync(lab.RouterNs, $"addr add 2001:db8::9/64 dev {LabTopology.Interface} nodad");
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add 2001:db8::11/64 dev {LabTopology.Interface} nodad");
        var linkLocal = await LinkLocalAsync(lab.MasterNs(1));
        var options = FrrOptions.Router(masters: 1);
        var router = await lab.StartRouterAsync(options with
        {
            BgpLines = [.. options.BgpLines, "address-family ipv6 unicast", $" neighbor {master} activate", "exit-address-family"],
        });
        await using var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse($"{master}"),
            Transport = new NamespaceTransport(lab.MasterNs(1)),
        });
        var peer = speaker.AddPeer(new BgpPeerOptions
        {
            Address = LabTopology.RouterAddress,
            RemoteAsn = 65001,
            Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
        });
        speaker.Routes.Announce([IpPrefix.Parse(LabTopology.VipPrefix), IpPrefix.Parse(Vip6)]);
        await speaker.StartAsync(TestContext.Current.CancellationToken);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        await Poll.UntilAsync(
            () => Ip.RunAsync(lab.RouterNs, "-6", "route", "show", Vip6),
            route => route.Contains($"via {linkLocal} dev {LabTopology.Interface}", StringComparison.Ordinal),
            $"a route via {linkLocal} in the router's kernel");
        using var json = await router.VtyshJsonAsync($"show bgp ipv6 unicast {Vip6} json");
        json.RootElement.GetProperty("paths").EnumerateArray().Single().GetProperty("nexthops").EnumerateArray()
            .Select(hop => hop.GetProperty("ip").GetString())
            .Should().BeEquivalentTo(["2001:db8::11", $"{linkLocal}"], "the global address and the link-local one");
        peer.GetStatistics().PrefixesWithheld.Should().Be(0);
    }

    [Fact]
    public async Task The_command_line_announces_both_families_over_IPv4_without_being_told_a_next_hop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        var options = FrrOptions.Router(masters: 1);
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add 2001:db8::11/64 dev {LabTopology.Interface} nodad");
        var router = await lab.StartRouterAsync(options with
        {
            BgpLines = [.. options.BgpLines, "address-family ipv6 unicast", $" neighbor {master} activate", "exit-address-family"],
        });

        var command = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix, Vip6, "--peer", $"{LabTopology.RouterAddress}", "--local-as", "65000", "--peer-as", "65001"]);

        await command.WaitForLineAsync(line => line.EndsWith("has 2 of 2 prefixes", StringComparison.Ordinal));
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        await Poll.UntilAsync(
            async () => (await router.VtyshAsync($"show bgp ipv6 unicast {Vip6}")),
            text => text.Contains("2001:db8::11", StringComparison.Ordinal), "the IPv6 route with the interface's address");
    }

    [Fact]
    public async Task The_command_line_says_what_cannot_be_sent_for_want_of_a_next_hop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with
        {
            BgpLines = ["address-family ipv6 unicast", $" neighbor {LabTopology.MasterAddress(1)} activate", "exit-address-family"],
        });

        var command = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix, Vip6, "--peer", $"{LabTopology.RouterAddress}", "--local-as", "65000", "--peer-as", "65001"]);

        await command.WaitForLineAsync(line => line.EndsWith("has 1 of 2 prefixes; 1 cannot be sent for want of a next hop", StringComparison.Ordinal));
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
    }

    private static async Task<IPAddress> LinkLocalAsync(string ns)
    {
        using var json = JsonDocument.Parse(await Ip.RunAsync(ns, "-6", "-j", "addr", "show", "dev", LabTopology.Interface, "scope", "link"));
        return json.RootElement.EnumerateArray()
            .Where(link => link.TryGetProperty("addr_info", out _))
            .SelectMany(link => link.GetProperty("addr_info").EnumerateArray())
            .Where(address => address.TryGetProperty("local", out _))
            .Select(address => IPAddress.Parse(address.GetProperty("local").GetString()!))
            .Single();
    }
}
