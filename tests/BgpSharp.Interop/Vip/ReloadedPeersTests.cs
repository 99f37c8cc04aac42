using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>A reload that takes routers away while other things happen. The router has two sessions with the master, which stand for two routers.</summary>
public sealed class ReloadedPeersTests
{
    private const string OtherEnd = "198.51.100.10";

    private static readonly IPEndPoint Service = IPEndPoint.Parse("127.0.0.1:6443");

    private static IPAddress Staying => LabTopology.MasterAddress(1);

    private static IPAddress Leaving => LabTopology.MasterAddress(2);

    [Fact]
    public async Task While_a_router_that_a_reload_takes_away_is_drained_a_dead_service_is_withdrawn_and_a_second_signal_ends_at_once()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        await Ip.BatchAsync(lab.RouterNs, $"addr add {OtherEnd}/25 dev {LabTopology.Interface}");
        await Ip.BatchAsync(lab.MasterNs(1), $"addr add {Leaving}/25 dev {LabTopology.Interface}");
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 2));
        var service = lab.Own(TcpResponder.Start(lab.MasterNs(1), Service, "m1"));
        var file = $"{lab.RunDirectory}/vip.yaml";
        await File.WriteAllTextAsync(file, Text(OtherPeer), TestContext.Current.CancellationToken);
        var host = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, "--config", file]);
        await router.WaitForEstablishedAsync([Staying, Leaving], prefixes: 1);

        await File.WriteAllTextAsync(file, Text(""), TestContext.Current.CancellationToken);
        (await VipMaster.AskAsync(lab, 1, "reload")).Code.Should().Be(0, "nobody waits ten minutes for the router that goes");
        (await VipMaster.AskAsync(lab, 1, "reload")).Code.Should().Be(0, "nor does the next reload");

        (await router.SummaryAsync())[Leaving].IsEstablished.Should().BeTrue("it is drained");
        service.Dispose();
        await router.WaitForEstablishedAsync([Staying, Leaving], prefixes: 0);
        service = lab.Own(TcpResponder.Start(lab.MasterNs(1), Service, "m1"));
        await router.WaitForEstablishedAsync([Staying, Leaving], prefixes: 1);
        host.Send(Signal.Terminate);
        await host.WaitForLineAsync(line => line.Contains("is drained and withdrawn: stopping", StringComparison.Ordinal));
        // Before that a withdrawal would leave nothing to drain, and end the sessions at once.
        await Poll.UntilAsync(() => CommunitiesAsync(router), all => all.All(text => text?.Contains("graceful-shutdown", StringComparison.Ordinal) == true), "both drains at the router");
        service.Dispose();
        await router.WaitForEstablishedAsync([Staying, Leaving], prefixes: 0);
        host.HasExited.Should().BeFalse("it drains for ten minutes");

        (await host.StopAsync(Signal.Terminate)).Should().Be(0);

        await router.WaitForSummaryAsync(peers => !peers[Staying].IsEstablished && !peers[Leaving].IsEstablished, "the end of both sessions");
        (await Ip.RunAsync(lab.MasterNs(1), "addr", "show", "dev", "lo")).Should().NotContain($"{LabTopology.Vip}/32");
    }

    [Fact]
    public async Task A_file_that_is_emptied_removed_or_a_directory_and_a_hundred_SIGHUPs_change_nothing()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        lab.Own(TcpResponder.Start(lab.MasterNs(1), Service, "m1"));
        var file = $"{lab.RunDirectory}/vip.yaml";
        await File.WriteAllTextAsync(file, Text(""), TestContext.Current.CancellationToken);
        var host = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, "--config", file]);
        await router.WaitForEstablishedAsync([Staying], prefixes: 1);

        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await RefusedAsync(lab, host, "peers is missing");
        File.Delete(file);
        await RefusedAsync(lab, host, "Could not find file");
        Directory.CreateDirectory(file);
        await RefusedAsync(lab, host, "is denied");
        Directory.Delete(file);
        await File.WriteAllTextAsync(file, Text(""), TestContext.Current.CancellationToken);
        for (var i = 0; i < 100; i++)
        {
            host.Send(Signal.Hangup);
        }

        (await VipMaster.AskAsync(lab, 1, "reload")).Code.Should().Be(0);
        var peer = (await router.WaitForEstablishedAsync([Staying], prefixes: 1))[Staying];
        (peer.ConnectionsEstablished, peer.ConnectionsDropped).Should().Be((1, 0));
        host.Lines.Should().NotContain(line => line.Contains("withdrawn", StringComparison.Ordinal));
    }

    private static async Task<string?[]> CommunitiesAsync(FrrRouter router)
    {
        using var json = await router.VtyshJsonAsync($"show bgp ipv4 unicast {LabTopology.VipPrefix} json");
        return
        [
            .. json.RootElement.GetProperty("paths").EnumerateArray()
                .Select(path => path.TryGetProperty("community", out var community) ? community.GetProperty("string").GetString() : null),
        ];
    }

    private static async Task RefusedAsync(Lab lab, LabProcess host, string why)
    {
        var (code, lines) = await VipMaster.AskAsync(lab, 1, "reload");
        code.Should().Be(2, string.Join('\n', lines));
        lines.Should().Contain(line => line.Contains(why, StringComparison.Ordinal));
        host.HasExited.Should().BeFalse();
    }

    private const string OtherPeer = $"""

          - address: {OtherEnd}
            as: 65001
            sourceAddress: 198.51.100.12
        """;

    private static string Text(string more) => $"""
        vip: {LabTopology.Vip}
        localAs: 65000
        routerId: {Staying}
        peers:
          - address: {LabTopology.RouterAddress}
            as: 65001
            sourceAddress: {Staying}{more}
        health:
          check: tcp://{Service}
          interval: 100ms
        drain:
          time: 10m
          deadline: 11m

        """;
}
