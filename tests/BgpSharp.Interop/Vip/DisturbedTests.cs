using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>What happens to a master while the host runs on it.</summary>
public sealed class DisturbedTests
{
    private static IPAddress Master => LabTopology.MasterAddress(1);

    [Fact]
    public async Task A_VIP_that_somebody_removes_and_adds_again_and_again_is_announced_throughout_and_nothing_of_it_stays_after_the_stop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1, more: ["--drain:time", "100ms", "--drain:linger", "100ms"]);
        await router.WaitForEstablishedAsync([Master], prefixes: 1);

        await DisturbAsync(lab, $"for i in $(seq 100); do ip addr del {LabTopology.Vip}/32 dev lo; sleep 0.01; ip addr add {LabTopology.Vip}/32 dev lo; sleep 0.01; done");

        await DisturbAsync(lab, $"until ip addr del {LabTopology.Vip}/32 dev lo; do :; done");
        await Poll.UntilAsync(() => OnLoopbackAsync(lab), found => found.Contains($"{LabTopology.Vip}/32 metric", StringComparison.Ordinal), "our own address again", host.Describe);
        (await router.Routes.NextHopsAsync(LabTopology.VipPrefix)).Should().Equal(Master);
        (await router.SummaryAsync())[Master].ConnectionsDropped.Should().Be(0);

        var disturbance = DisturbAsync(lab, $"for i in $(seq 200); do ip addr del {LabTopology.Vip}/32 dev lo; done; true");
        (await host.StopAsync()).Should().Be(0);
        await disturbance;

        (await OnLoopbackAsync(lab)).Should().NotContain($"{LabTopology.Vip}");
    }

    [Fact]
    public async Task An_interface_that_goes_down_and_comes_up_brings_the_session_and_the_route_back()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1, more: ["--peers:0:holdTime", "3"]);
        await router.WaitForEstablishedAsync([Master], prefixes: 1);

        await Ip.BatchAsync(lab.MasterNs(1), $"link set {LabTopology.Interface} down");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        (await OnLoopbackAsync(lab)).Should().Contain($"{LabTopology.Vip}/32");
        await Ip.BatchAsync(lab.MasterNs(1), $"link set {LabTopology.Interface} up");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Master]);
        host.HasExited.Should().BeFalse();
    }

    [Fact]
    public async Task A_loopback_that_goes_down_withdraws_and_one_that_comes_up_announces_again()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        VipMaster.Start(lab, 1);
        await router.WaitForEstablishedAsync([Master], prefixes: 1);

        await Ip.BatchAsync(lab.MasterNs(1), "link set lo down");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        await Ip.BatchAsync(lab.MasterNs(1), "link set lo up");

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Master]);
        (await router.SummaryAsync())[Master].ConnectionsDropped.Should().Be(0);
    }

    [Fact]
    public async Task A_router_that_dies_during_a_drain_is_not_waited_for()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1, more: ["--drain:time", "10m", "--drain:deadline", "11m"]);
        await router.WaitForEstablishedAsync([Master], prefixes: 1);
        host.Send(Signal.Terminate);
        await host.WaitForLineAsync(line => line.Contains("is drained and withdrawn: stopping", StringComparison.Ordinal));

        await router.Bgpd.KillAsync();
        await router.RestartBgpdAsync();

        (await host.WaitForExitAsync()).Should().Be(0, "the router has nothing of us any more");
        (await OnLoopbackAsync(lab)).Should().NotContain($"{LabTopology.Vip}");
    }

    [Fact]
    public async Task A_host_that_is_stopped_for_longer_than_the_hold_time_comes_back_when_it_goes_on()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var host = VipMaster.Start(lab, 1, more: ["--peers:0:holdTime", "3", "--drain:time", "100ms"]);
        await router.WaitForEstablishedAsync([Master], prefixes: 1);

        host.Send(Signal.Stop);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        host.Send(Signal.Continue);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Master]);
        (await OnLoopbackAsync(lab)).Should().Contain($"{LabTopology.Vip}/32");
        (await host.StopAsync()).Should().Be(0);
    }

    private static async Task DisturbAsync(Lab lab, string script)
    {
        var disturbance = lab.Start(lab.MasterNs(1), ["sh", "-c", script]);
        await disturbance.WaitForExitAsync(TimeSpan.FromSeconds(120));
    }

    private static Task<string> OnLoopbackAsync(Lab lab) => Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo");
}
