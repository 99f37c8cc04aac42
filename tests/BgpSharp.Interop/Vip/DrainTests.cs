using System.Net;
using System.Text.Json;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A drain by command and by signal, with a router that prefers other paths to those with GRACEFUL_SHUTDOWN (RFC 8326).</summary>
public sealed class DrainTests
{
    private static IPAddress Leaving => LabTopology.MasterAddress(1);

    private static IPAddress Staying => LabTopology.MasterAddress(2);

    [Fact]
    public async Task The_command_moves_traffic_then_withdraws_then_ceases_with_its_text_and_is_undone_by_another()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var router = await StartRouterAsync(lab);
        var capture = await lab.CaptureAsync(filter: $"tcp port 179 and host {Leaving}");
        var host = VipMaster.Start(lab, 1);
        VipMaster.Start(lab, 2);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Leaving, Staying]);
        var monitor = await RouteMonitor.StartAsync(lab, lab.RouterNs);

        (await VipMaster.AskAsync(lab, 1, "drain", "--message", "new kernel")).Code.Should().Be(0);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Staying]);
        (await monitor.NextHopsAsync(LabTopology.Vip)).Should().OnlyContain(nextHops => nextHops.Contains(Staying));
        var sent = await capture.WaitForCloseAsync(Leaving);
        sent.Select(e => e.ToString()).Should().ContainInOrder(
            ["UPDATE announce 203.0.113.10/32", "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN"],
            "the second announcement has GRACEFUL_SHUTDOWN");
        await capture.StopAsync();
        var neighbor = await router.NeighborAsync(Leaving);
        neighbor.GetProperty("lastNotificationReason").GetString().Should().Be("Cease/Administrative Shutdown");
        neighbor.GetProperty("lastShutdownDescription").GetString().Should().Be("new kernel");
        host.HasExited.Should().BeFalse("a drained host waits for what comes next");
        var drained = await StatusAsync(lab);
        drained.GetProperty("drain").GetString().Should().Be("Drained");
        drained.GetProperty("isReady").GetBoolean().Should().BeFalse();
        drained.GetProperty("vips")[0].GetProperty("inPlace").GetBoolean().Should().BeFalse();
        drained.GetProperty("vips")[0].GetProperty("announced").GetBoolean().Should().BeFalse();

        (await VipMaster.AskAsync(lab, 1, "drain", "--undo")).Code.Should().Be(0);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Leaving, Staying]);
        var back = await StatusAsync(lab);
        back.GetProperty("drain").GetString().Should().Be("None");
        back.GetProperty("vips")[0].GetProperty("announced").GetBoolean().Should().BeTrue();
        (await router.SummaryAsync())[Staying].ConnectionsDropped.Should().Be(0);
        (await host.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task While_a_drain_goes_on_the_path_is_there_but_not_used_and_a_second_signal_ends_it_at_once()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var router = await StartRouterAsync(lab);
        // So long that only the second signal can be why it ends.
        var host = VipMaster.Start(lab, 1, more: ["--drain:time", "10m", "--drain:deadline", "11m", "--drain:message", "impatient"]);
        VipMaster.Start(lab, 2);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Leaving, Staying]);

        host.Send(Signal.Terminate);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Staying]);
        (await router.SummaryAsync())[Leaving].Should().Match<FrrPeer>(peer => peer.IsEstablished && peer.PrefixesReceived == 1);
        (await PathAsync(router)).GetProperty("community").GetProperty("string").GetString().Should().Contain("graceful-shutdown");
        (await Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo")).Should().Contain($"{LabTopology.Vip}/32", "connections that are open go on");
        host.Send(Signal.Hangup);
        host.Send(Signal.User1);
        await host.WaitForLineAsync(line => line.Contains("DRAINING", StringComparison.Ordinal));
        host.HasExited.Should().BeFalse("neither signal ends a host that drains");

        (await host.StopAsync(Signal.Terminate)).Should().Be(0);

        (await Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo")).Should().NotContain($"{LabTopology.Vip}/32");
        await router.WaitForSummaryAsync(peers => !peers[Leaving].IsEstablished, "the end of the session");
        (await router.NeighborAsync(Leaving)).GetProperty("lastShutdownDescription").GetString().Should().Be("impatient");
        (await router.Routes.NextHopsAsync(LabTopology.VipPrefix)).Should().Equal(Staying);
    }

    [Fact]
    public async Task A_signal_while_the_command_drains_ends_the_host_after_the_drain()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var router = await StartRouterAsync(lab);
        var host = VipMaster.Start(lab, 1);
        VipMaster.Start(lab, 2);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Leaving, Staying]);
        var drain = VipMaster.AskAsync(lab, 1, "drain", "--message", "by command");
        await host.WaitForLineAsync(line => line.Contains("is drained and withdrawn: stopping", StringComparison.Ordinal));

        (await host.StopAsync(Signal.Terminate)).Should().Be(0);

        (await drain).Code.Should().Be(0, "the drain that it asked for is done");
        (await router.NeighborAsync(Leaving)).GetProperty("lastShutdownDescription").GetString().Should().Be("by command");
        (await Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo")).Should().NotContain($"{LabTopology.Vip}/32");
    }

    [Fact]
    public async Task A_drain_that_a_reload_has_made_longer_than_the_host_first_allowed_a_stop_takes_its_time_and_takes_the_VIP_down()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var file = $"{lab.RunDirectory}/vip.yaml";
        await File.WriteAllTextAsync(file, Drain(time: "0", deadline: "1s"), TestContext.Current.CancellationToken);
        var host = lab.Start(lab.MasterNs(1), [.. VipMaster.Command(1), "--config", file]);
        await router.WaitForEstablishedAsync([Leaving], prefixes: 1);
        await File.WriteAllTextAsync(file, Drain(time: "14s", deadline: "20s"), TestContext.Current.CancellationToken);
        (await VipMaster.AskAsync(lab, 1, "reload")).Code.Should().Be(0);
        var capture = await lab.CaptureAsync(filter: $"tcp port 179 and host {Leaving}");

        (await host.StopAsync(Signal.Terminate)).Should().Be(0);

        (await capture.WaitForCloseAsync(Leaving)).Select(e => e.ToString()).Should().ContainInOrder(
            "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN");
        await capture.StopAsync();
        host.Lines.Should().Contain(line => line.Contains($"{LabTopology.Vip}/32 withdrawn: drained by SIGTERM", StringComparison.Ordinal));
        (await Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo")).Should().NotContain($"{LabTopology.Vip}/32");
    }

    private static string Drain(string time, string deadline) => $"""
        drain:
          time: {time}
          deadline: {deadline}

        """;

    private static async Task<FrrRouter> StartRouterAsync(Lab lab)
    {
        var options = FrrOptions.Router(masters: 2);
        var router = await lab.StartRouterAsync(options with
        {
            FamilyLines = [.. options.FamilyLines, $"neighbor {Leaving} route-map IN in", $"neighbor {Staying} route-map IN in"],
        });
        await router.ConfigureAsync(
            "bgp community-list standard LEAVING permit graceful-shutdown",
            "route-map IN permit 5", "match community LEAVING", "set local-preference 0", "exit",
            "route-map IN permit 10", "exit");
        return router;
    }

    private static async Task<JsonElement> PathAsync(FrrRouter router)
    {
        using var json = await router.VtyshJsonAsync($"show bgp ipv4 unicast {LabTopology.VipPrefix} json");
        return json.RootElement.GetProperty("paths").EnumerateArray()
            .Single(path => path.GetProperty("peer").GetProperty("peerId").GetString() == $"{Leaving}").Clone();
    }

    private static async Task<JsonElement> StatusAsync(Lab lab)
    {
        var (code, lines) = await VipMaster.AskAsync(lab, 1, "status", "--json");
        code.Should().Be(0, string.Join('\n', lines));
        using var json = JsonDocument.Parse(lines.Single());
        return json.RootElement.Clone();
    }
}
