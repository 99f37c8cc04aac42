using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>Programs that announce to FRR: bgpsharp announce, and the smallest agent that embeds the library.</summary>
public sealed class AnnounceTests
{
    private static readonly IPAddress Master = LabTopology.MasterAddress(1);

    [Fact]
    public async Task Bgpsharp_announces_until_SIGTERM_and_then_withdraws_before_it_closes()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var router = await lab.StartRouterAsync();

        var announcer = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix, "203.0.113.11/32",
            "--peer", $"{LabTopology.RouterAddress}", "--local-as", "65000", "--peer-as", "65001", "--hold-time", "9"]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Master]);
        await router.Routes.WaitForNextHopsAsync("203.0.113.11/32", [Master]);
        await announcer.WaitForLineAsync(line => line == $"{LabTopology.RouterAddress} has 2 of 2 prefixes");
        var neighbor = await router.NeighborAsync(Master);
        neighbor.GetProperty("remoteRouterId").GetString().Should().Be($"{Master}", "without --router-id it is the address towards the peer");
        neighbor.GetProperty("bgpTimerHoldTimeMsecs").GetInt32().Should().Be(9000, "the smaller hold time is used");

        (await announcer.StopAsync()).Should().Be(0);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        announcer.Lines.Should().Contain($"{LabTopology.RouterAddress} withdrawn and closed");
        var sent = await capture.WaitForCloseAsync(Master);
        sent.Select(e => e.ToString()).Should().ContainInOrder("OPEN", "KEEPALIVE", "NOTIFICATION 6/2", "FIN");
        sent.TakeWhile(e => e.Kind != CapturedKind.Notification).SelectMany(e => e.Withdrawn)
            .Should().BeEquivalentTo([LabTopology.VipPrefix, "203.0.113.11/32"], "both prefixes are withdrawn before the NOTIFICATION");
        await capture.StopAsync();
    }

    [Fact]
    public async Task Bgpsharp_announces_again_when_the_router_comes_back()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var announcer = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix,
            "--peer", $"{LabTopology.RouterAddress}", "--local-as", "65000", "--peer-as", "65001", "--next-hop", $"{Master}"]);
        await router.WaitForEstablishedAsync([Master]);

        router.Bgpd.Send(Signal.Kill);
        await announcer.WaitForLineAsync(line => line.StartsWith($"{LabTopology.RouterAddress} down: ", StringComparison.Ordinal));
        await router.RestartBgpdAsync();

        await router.WaitForEstablishedAsync([Master]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Master]);
        (await announcer.StopAsync(Signal.Interrupt)).Should().Be(0, "Ctrl+C is the ordinary end");
    }

    [Fact]
    public async Task The_embedded_agent_announces_until_SIGTERM_and_then_withdraws_before_it_closes()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var router = await lab.StartRouterAsync();

        var agent = lab.Start(lab.MasterNs(1), [.. Programs.EmbeddedAgent, $"{Master}", $"{LabTopology.RouterAddress}", LabTopology.VipPrefix]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [Master]);
        await router.WaitForEstablishedAsync([Master]);
        agent.Lines.Should().Contain(line => line.Contains("established", StringComparison.Ordinal), "the library logs through the host");

        (await agent.StopAsync()).Should().Be(0);

        var sent = await capture.WaitForCloseAsync(Master);
        sent.Select(e => e.ToString()).Should().ContainInOrder(
            "OPEN", "KEEPALIVE", "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN");
        await capture.StopAsync();
    }
}
