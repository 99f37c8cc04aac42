using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>bgpsharp-vip on the masters, FRR on the router.</summary>
public sealed class VipAdvertiserTests
{
    private const string HealthTarget = "127.0.0.1:6443";

    [Fact]
    public async Task The_VIP_is_on_lo_while_announced_and_the_stop_drains_then_withdraws_then_ceases_then_removes_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var capture = await lab.CaptureAsync();
        var router = await lab.StartRouterAsync();
        var first = VipMaster.Start(lab, 1, more: ["--drain:message", "node drain"]);
        VipMaster.Start(lab, 2);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1, 2));
        var before = await router.WaitForEstablishedAsync(Masters(1, 2));

        var vip = (await VipsAsync(lab, 1)).Should().ContainSingle().Subject;
        vip.GetProperty("prefixlen").GetInt32().Should().Be(32);
        vip.GetProperty("scope").GetString().Should().Be("host");
        vip.GetProperty("deprecated").GetBoolean().Should().BeTrue("it must not become the source of the host's own connections");

        (await first.StopAsync()).Should().Be(0);

        (await VipsAsync(lab, 1)).Should().BeEmpty();
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(2));
        var sent = await capture.WaitForCloseAsync(LabTopology.MasterAddress(1));
        sent.Select(e => e.ToString()).Should().ContainInOrder(
            ["OPEN", "KEEPALIVE", "UPDATE announce 203.0.113.10/32", "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN"],
            "the second announcement has GRACEFUL_SHUTDOWN");
        (await router.NeighborAsync(LabTopology.MasterAddress(1))).GetProperty("lastShutdownDescription").GetString().Should().Be("node drain");
        var after = await router.SummaryAsync();
        after[LabTopology.MasterAddress(2)].ConnectionsDropped.Should().Be(
            before[LabTopology.MasterAddress(2)].ConnectionsDropped, "the other master has nothing to do with it");
        await capture.StopAsync();
    }

    [Fact]
    public async Task A_closed_health_port_takes_exactly_that_next_hop_away_and_an_open_one_brings_it_back()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var router = await lab.StartRouterAsync();
        var service = StartService(lab, 1);
        StartService(lab, 2);
        string[] health = ["--health:check", $"tcp://{HealthTarget}", "--health:interval", "100ms"];
        var first = VipMaster.Start(lab, 1, more: health);
        VipMaster.Start(lab, 2, more: health);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1, 2));
        var before = await router.WaitForEstablishedAsync(Masters(1, 2));

        service.Dispose();

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(2));
        await first.WaitForLineAsync(line => line.Contains("203.0.113.10/32 withdrawn: its listening socket is gone", StringComparison.Ordinal));
        await Poll.UntilAsync(() => VipsAsync(lab, 1), vips => vips.Count == 0, "the VIP off the interface once its linger is over");

        StartService(lab, 1);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1, 2));
        var after = await router.SummaryAsync();
        foreach (var master in Masters(1, 2))
        {
            after[master].ConnectionsDropped.Should().Be(before[master].ConnectionsDropped, "a withdrawal leaves the session up");
        }
    }

    [Fact]
    public async Task A_service_that_is_down_at_the_start_is_announced_when_it_comes_up()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1, more: ["--health:check", $"tcp://{HealthTarget}", "--health:interval", "100ms"]);
        await host.WaitForLineAsync(line => line.Contains("Nothing is announced yet", StringComparison.Ordinal));
        await router.WaitForEstablishedAsync(Masters(1), prefixes: 0);

        StartService(lab, 1);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));
    }

    [Fact]
    public async Task A_killed_host_leaves_the_VIP_behind_and_its_successor_takes_it_over_and_removes_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var killed = VipMaster.Start(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));

        await killed.StopAsync(Signal.Kill);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        (await VipsAsync(lab, 1)).Should().ContainSingle();
        var successor = VipMaster.Start(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));
        (await successor.StopAsync(Signal.Interrupt)).Should().Be(0);
        (await VipsAsync(lab, 1)).Should().BeEmpty("the mark on the address says that it is ours");
    }

    [Fact]
    public async Task A_VIP_that_somebody_else_put_there_stays_there()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await lab.AddVipAsync(1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));

        (await host.StopAsync()).Should().Be(0);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        (await VipsAsync(lab, 1)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_VIP_that_somebody_takes_off_the_interface_is_put_back_and_stays_announced()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));

        await Ip.BatchAsync(lab.MasterNs(1), $"addr del {LabTopology.Vip}/32 dev lo");

        await host.WaitForLineAsync(line => line.Contains("203.0.113.10/32 on lo was removed by somebody else: put back", StringComparison.Ordinal));
        (await VipsAsync(lab, 1)).Should().ContainSingle();
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));
        (await host.StopAsync()).Should().Be(0);
        (await VipsAsync(lab, 1)).Should().BeEmpty();
        host.Lines.Count(line => line.Contains("203.0.113.10/32 withdrawn", StringComparison.Ordinal)).Should().Be(1, "only the stop withdraws");
    }

    [Fact]
    public async Task A_source_address_that_is_not_on_the_host_yet_is_waited_for()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var device = LabTopology.Interface;
        await Ip.BatchAsync(lab.MasterNs(1), $"addr del {LabTopology.MasterAddress(1)}/25 dev {device}", $"addr add 198.51.100.77/25 dev {device}");
        var host = VipMaster.Start(lab, 1, more: ["--peers:0:sourceAddress", $"{LabTopology.MasterAddress(1)}"]);
        await host.WaitForLineAsync(line => line.Contains("203.0.113.10/32 announced", StringComparison.Ordinal));

        await Ip.BatchAsync(lab.MasterNs(1), $"addr add {LabTopology.MasterAddress(1)}/25 dev {device}");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));
    }

    [Fact]
    public async Task A_wrong_configuration_exits_with_2_after_one_line_for_each_error_and_touches_nothing()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var environment = new Dictionary<string, string?> { ["BGPSHARP_VIP"] = "203.0.113.10", ["BGPSHARP_LOCALAS"] = "none" };

        var host = lab.Start(lab.MasterNs(1), environment,
            [.. Programs.VipAdvertiser, "--interface", "eth7", "--peers:0:address", "198.51.100.9", "--peers:0:holdTime", "0", "--colour", "blue"]);

        (await host.WaitForExitAsync()).Should().Be(2);
        host.Lines.Select(line => line.Split(' ')[1]).Should().BeEquivalentTo("localAs", "interface", "peers:0:as", "peers:0:holdTime", "colour");
        host.Lines.Should().OnlyContain(line => line.StartsWith("bgpsharp-vip: "));
        (await VipsAsync(lab, 1)).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_the_right_to_change_addresses_it_exits_with_1_after_one_line()
    {
        Requires.Tool("setpriv");
        await using var lab = await Lab.CreateAsync(masters: 1);

        var host = lab.Start(lab.MasterNs(1), ["setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin", .. VipMaster.Command(1)]);

        (await host.WaitForExitAsync()).Should().Be(1);
        host.Lines.Where(line => !line.Contains(" info: ", StringComparison.Ordinal)).Should().ContainSingle().Which.Should()
            .EndWith("The VIPs cannot be managed: Operation not permitted (it takes the capability NET_ADMIN)");
    }

    private static IPAddress[] Masters(params int[] masters) => [.. masters.Select(LabTopology.MasterAddress)];

    private static TcpResponder StartService(Lab lab, int master) =>
        lab.Own(TcpResponder.Start(lab.MasterNs(master), IPEndPoint.Parse(HealthTarget), $"m{master}"));

    /// <summary>What <c>ip -j addr show lo</c> says of the VIP in a master's namespace.</summary>
    private static async Task<IReadOnlyList<JsonElement>> VipsAsync(Lab lab, int master)
    {
        var json = JsonDocument.Parse(await Ip.RunAsync(lab.MasterNs(master), "-j", "addr", "show", "dev", "lo"));
        return [.. json.RootElement[0].GetProperty("addr_info").EnumerateArray().Where(a => a.GetProperty("local").GetString() == $"{LabTopology.Vip}")];
    }
}
