using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>The harness itself, with FRR as the announcer on the masters.</summary>
public sealed class LabTests
{
    private static IPAddress[] Masters(params int[] masters) => [.. masters.Select(LabTopology.MasterAddress)];

    [Fact]
    public async Task A_killed_master_leaves_the_ecmp_route_and_the_other_stays()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var router = await lab.StartRouterAsync();
        await lab.StartFrrMasterAsync(1);
        var second = await lab.StartFrrMasterAsync(2);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1, 2));
        var before = await router.WaitForEstablishedAsync(Masters(1, 2));

        second.Bgpd.Send(Signal.Kill);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));
        var after = await router.SummaryAsync();
        after[LabTopology.MasterAddress(2)].ConnectionsDropped.Should().Be(
            before[LabTopology.MasterAddress(2)].ConnectionsDropped + 1, "the kernel closed the killed speaker's session");
        after[LabTopology.MasterAddress(1)].ConnectionsDropped.Should().Be(
            before[LabTopology.MasterAddress(1)].ConnectionsDropped, "the other session has nothing to do with it");

        (await second.Bgpd.WaitForExitAsync()).Should().Be(128 + (int)Signal.Kill, "the signal reached bgpd itself, not a wrapper");
        await second.RestartBgpdAsync();
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1, 2));
    }

    [Fact]
    public async Task A_capture_shows_the_withdrawal_before_the_cease_and_the_close()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var router = await lab.StartRouterAsync(FrrOptions.Router(1, asn: 65000));
        var master = await lab.StartFrrMasterAsync(1, FrrOptions.Master(1, routerAsn: 65000));
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));

        await master.WithdrawAsync(LabTopology.VipPrefix);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        await master.ConfigureBgpAsync($"neighbor {LabTopology.RouterAddress} shutdown");

        var sent = await capture.WaitForCloseAsync(LabTopology.MasterAddress(1));
        sent.Select(e => e.ToString()).Should().ContainInOrder(
            "OPEN", "KEEPALIVE", "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN");
        await capture.StopAsync();
    }

    [Fact]
    public async Task A_clients_connections_reach_every_master_behind_the_ecmp_route()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        var router = await lab.StartRouterAsync();
        foreach (var master in (int[])[1, 2])
        {
            await lab.AddVipAsync(master);
            lab.StartResponder(master, port: 6443);
            await lab.StartFrrMasterAsync(master);
        }
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1, 2));

        var answers = await TcpClients.AskAsync(lab.ClientNs, new IPEndPoint(LabTopology.Vip, 6443), connections: 60);

        answers.Keys.Should().BeEquivalentTo("m1", "m2");
        answers.Values.Sum().Should().Be(60);
    }

    [Fact]
    public async Task A_missed_route_is_reported_with_the_kernels_routes_and_frrs_summary()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await Ip.BatchAsync(lab.RouterNs, $"route add {LabTopology.VipPrefix} via {LabTopology.MasterAddress(1)}");

        var wait = () => router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1), TimeSpan.FromMilliseconds(100));

        (await wait.Should().ThrowAsync<TimeoutException>("a static route is not BGP's")).Which.Message
            .Should().Contain("203.0.113.10 via 198.51.100.11").And.Contain("local AS number 65001").And.Contain("Neighbor");
    }

    [Fact]
    public async Task A_cut_cable_ends_the_session_when_the_hold_time_is_over()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(1) with { Timers = (1, 3) });
        await lab.StartFrrMasterAsync(1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));

        await lab.CutAsync(1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);

        await lab.HealAsync(1);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, Masters(1));
    }

    [Fact]
    public async Task A_stopped_program_goes_on_after_continue_and_its_lines_are_seen()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var environment = new Dictionary<string, string?> { ["WORD"] = "heard" };
        var program = lab.Start(lab.MasterNs(1), environment,
            ["bash", "-c", "trap 'echo $WORD >&2; exit 7' TERM; echo ready; while :; do read -t 1 <> <(:) || :; done"]);
        await program.WaitForLineAsync(line => line == "ready");

        program.Send(Signal.Stop);
        program.Send(Signal.Terminate);
        program.Lines.Should().Equal("ready");
        program.Send(Signal.Continue);

        await program.WaitForLineAsync(line => line == "heard", from: 1);
        (await program.WaitForExitAsync()).Should().Be(7);
        var late = () => program.WaitForLineAsync(line => line == "never");
        await late.Should().ThrowAsync<InvalidOperationException>("a program that has ended writes no more");
    }

    [Fact]
    public async Task A_lab_taken_down_leaves_no_namespace_no_process_and_no_file()
    {
        var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        await lab.CaptureAsync();
        // A stopped program, and one whose parent has gone: neither is a reason to stay.
        var stopped = lab.Start(lab.MasterNs(1), "sleep", "1000");
        stopped.Send(Signal.Stop);
        var parent = lab.Start(lab.MasterNs(1), "bash", "-c", "sleep 1000 & echo $!");
        var orphan = int.Parse(await parent.WaitForLineAsync(_ => true));
        int[] programs = [router.Zebra.Id, router.Bgpd.Id, stopped.Id, orphan];
        programs.Should().OnlyContain(pid => IsAlive(pid), "they are what is to be taken down");

        await lab.DisposeAsync();
        await lab.DisposeAsync();

        lab.Namespaces.Should().NotContain(ns => File.Exists($"/run/netns/{ns}"));
        programs.Should().NotContain(pid => IsAlive(pid));
        Directory.Exists(lab.RunDirectory).Should().BeFalse();
        programs.Should().NotContain(pid => Directory.Exists($"/var/tmp/frr/bgpd.{pid}") || Directory.Exists($"/var/tmp/frr/zebra.{pid}"));
    }

    /// <summary>A zombie, whose parent has not yet asked for its end, is not alive.</summary>
    private static bool IsAlive(int pid)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{pid}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
