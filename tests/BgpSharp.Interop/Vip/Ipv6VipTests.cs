using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A VIP of each family over one IPv4 session.</summary>
public sealed class Ipv6VipTests
{
    private const string Vip6 = "2001:db8::10";

    [Fact]
    public async Task The_routers_kernel_has_the_IPv6_VIP_with_the_masters_IPv6_next_hop_and_loses_both_at_the_stop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        await Ip.BatchAsync(lab.RouterNs, $"addr add 2001:db8:1::9/64 dev {LabTopology.Interface} nodad");
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add 2001:db8:1::11/64 dev {LabTopology.Interface} nodad");
        var options = FrrOptions.Router(masters: 1);
        var router = await lab.StartRouterAsync(options with
        {
            BgpLines =
            [
                .. options.BgpLines, "address-family ipv6 unicast", $" neighbor {master} activate", $" neighbor {master} route-map GLOBAL in", "exit-address-family",
            ],
        });
        // Of the two next hops that it gets, the kernel is to have the one that a test can name.
        await router.ConfigureAsync("route-map GLOBAL permit 10", "set ipv6 next-hop prefer-global", "exit");

        var host = VipMaster.Start(lab, 1, more: ["--vip", $"{LabTopology.Vip},{Vip6}", "--drain:time", "100ms"]);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        await Poll.UntilAsync(
            () => RouteAsync(lab), route => route.Contains($"via 2001:db8:1::11 dev {LabTopology.Interface}", StringComparison.Ordinal),
            "a route to the IPv6 VIP via the master's IPv6 address", host.Describe);
        (await AddressesAsync(lab)).Should().Contain($"{Vip6}/128").And.Contain("deprecated");
        (await router.SummaryAsync()).Keys.Should().Equal([master], "there is one session, over IPv4");

        (await host.StopAsync()).Should().Be(0);

        await Poll.UntilAsync(() => RouteAsync(lab), string.IsNullOrWhiteSpace, "no route to the IPv6 VIP");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        (await AddressesAsync(lab)).Should().NotContain(Vip6);
    }

    private static Task<string> RouteAsync(Lab lab) => Ip.RunAsync(lab.RouterNs, "-6", "route", "show", $"{Vip6}/128");

    private static Task<string> AddressesAsync(Lab lab) => Ip.RunAsync(lab.MasterNs(1), "-6", "addr", "show", "dev", "lo");
}
