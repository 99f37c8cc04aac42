using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A cluster with kube-vip in which one master after the other gets bgpsharp-vip in its place. kube-vip's BGP is GoBGP.</summary>
public sealed class RollingSwapTests
{
    private const int Count = 3;

    [Fact]
    public async Task Masters_swapped_one_at_a_time_never_leave_fewer_than_two_next_hops_and_the_VIP_is_taken_over()
    {
        await using var lab = await Lab.CreateAsync(Count);
        var router = await lab.StartRouterAsync();
        var before = new LabProcess[Count + 1];
        for (var master = 1; master <= Count; master++)
        {
            await Apiserver.StartAsync(lab, master);
            before[master] = await StartKubeVipAsync(lab, master);
        }
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, GateLab.Everybody);
        var monitor = await RouteMonitor.StartAsync(lab, lab.RouterNs);

        var after = new LabProcess[Count + 1];
        for (var master = 1; master <= Count; master++)
        {
            await before[master].StopAsync();
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, GateLab.AllBut(master));
            (await VipAsync(lab, master)).Should().NotBeNull("kube-vip leaves it behind");
            after[master] = KubeVipMaster.Start(lab, master);
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, GateLab.Everybody);
        }

        var seen = await monitor.NextHopsAsync(LabTopology.Vip);
        seen.Should().HaveCountGreaterThanOrEqualTo(2 * Count).And.OnlyContain(nextHops => nextHops.Count >= Count - 1);
        for (var master = 1; master <= Count; master++)
        {
            await after[master].WaitForLineAsync(line => line.Contains("203.0.113.10/32 on lo was left behind by kube-vip: taken over", StringComparison.Ordinal));
            var vip = (await VipAsync(lab, master))!.Value;
            vip.GetProperty("scope").GetString().Should().Be("host");
            vip.GetProperty("deprecated").GetBoolean().Should().BeTrue();
        }

        (await after[1].StopAsync()).Should().Be(0);

        (await VipAsync(lab, 1)).Should().BeNull("what was taken over is removed at the stop");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, GateLab.AllBut(1));
    }

    [Fact]
    public async Task A_VIP_that_kube_vip_left_behind_goes_where_the_apiserver_is_down_and_comes_back_with_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add {LabTopology.VipPrefix} dev lo scope host preferred_lft 0");

        var host = KubeVipMaster.Start(lab, 1);

        await host.WaitForLineAsync(line => line.Contains("203.0.113.10/32 removed from lo", StringComparison.Ordinal));
        (await VipAsync(lab, 1)).Should().BeNull("packets for it would end at an apiserver that is down");
        var second = KubeVipMaster.Start(lab, 1);
        await second.WaitForLineAsync(line => line.Contains("Another bgpsharp-vip runs in this network namespace", StringComparison.Ordinal));
        await Apiserver.StartAsync(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        (await VipAsync(lab, 1)).Should().NotBeNull();
        host.HasExited.Should().BeFalse();
        (await second.WaitForExitAsync()).Should().Be(2);
    }

    /// <summary>What kube-vip 1.0.3 does: GoBGP with the VIP as a path of origin IGP without MED, and the VIP on lo, never removed.</summary>
    private static async Task<LabProcess> StartKubeVipAsync(Lab lab, int master)
    {
        var ns = lab.MasterNs(master);
        await Ip.BatchAsync(ns, $"addr add {LabTopology.VipPrefix} dev lo scope host preferred_lft 0");
        var speaker = await GobgpRouter.StartAsync(lab, ns, $"""
            [global.config]
              as = 65000
              router-id = "{LabTopology.MasterAddress(master)}"
            [[neighbors]]
              [neighbors.config]
                neighbor-address = "{LabTopology.RouterAddress}"
                peer-as = 65001
              [neighbors.timers.config]
                hold-time = 30
                keepalive-interval = 10
                connect-retry = 1
            """);
        await speaker.RunAsync("global", "rib", "add", LabTopology.VipPrefix, "origin", "igp");
        return speaker.Daemon;
    }

    private static async Task<JsonElement?> VipAsync(Lab lab, int master)
    {
        using var json = JsonDocument.Parse(await Ip.RunAsync(lab.MasterNs(master), "-j", "addr", "show", "dev", "lo"));
        var all = json.RootElement[0].GetProperty("addr_info").EnumerateArray()
            .Where(address => address.GetProperty("local").GetString() == $"{LabTopology.Vip}").Select(address => address.Clone()).ToArray();
        all.Length.Should().BeLessThan(2);
        return all.Length == 0 ? null : all[0];
    }
}
