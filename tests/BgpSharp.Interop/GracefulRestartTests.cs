using System.Text.Json;
using BgpSharp.Interop.Harness;
using BgpSharp.Interop.Matrix;
using static BgpSharp.Interop.GracefulRestartLab;

namespace BgpSharp.Interop;

/// <summary>Which endings of ours leave our routes in FRR's kernel table (RFC 4724, RFC 8538).</summary>
public sealed class GracefulRestartTests(GracefulRestartLab lab) : IClassFixture<GracefulRestartLab>
{
    /// <summary>Every stop, and an end without one.</summary>
    public enum Ending
    {
        Withdraw,
        Drain,
        Immediate,
        KeepForwarding,
        Killed,
    }

    [Theory]
    [InlineData(Ending.Withdraw, Agreement.None, false)]
    [InlineData(Ending.Withdraw, Agreement.Restart, false)]
    [InlineData(Ending.Withdraw, Agreement.RestartAndNotifications, false)]
    [InlineData(Ending.Drain, Agreement.None, false)]
    [InlineData(Ending.Drain, Agreement.Restart, false)]
    [InlineData(Ending.Drain, Agreement.RestartAndNotifications, false)]
    [InlineData(Ending.Immediate, Agreement.None, false)]
    [InlineData(Ending.Immediate, Agreement.Restart, false)]
    [InlineData(Ending.Immediate, Agreement.RestartAndNotifications, false)]
    [InlineData(Ending.KeepForwarding, Agreement.None, false)]
    [InlineData(Ending.KeepForwarding, Agreement.Restart, true)]
    [InlineData(Ending.KeepForwarding, Agreement.RestartAndNotifications, true)]
    [InlineData(Ending.Killed, Agreement.None, false)]
    [InlineData(Ending.Killed, Agreement.Restart, true)]
    [InlineData(Ending.Killed, Agreement.RestartAndNotifications, true)]
    public async Task FRR_keeps_our_route_or_drops_it(Ending ending, Agreement agreement, bool kept)
    {
        await lab.ReadyAsync();
        var address = lab.NextAddress();
        var (speaker, transport) = await lab.StartAsync(agreement, address);
        await using (speaker)
        {
            await EndAsync(speaker, transport, ending);
            await WaitForDownAsync(agreement);
            if (!kept)
            {
                await lab.Router.Routes.WaitForNextHopsAsync($"{address}/32", []);
            }
            else
            {
                await WaitForPathAsync(address, "stale", "FRR keeps the route and calls it stale");
                (await lab.Router.Routes.NextHopsAsync($"{address}/32")).Should().Equal(Address(agreement));
            }
            InteropFile.Measured(StopTable.Cell(ending, agreement), kept ? "kept" : "gone");
        }
    }

    [Theory]
    [InlineData(Agreement.Restart)]
    [InlineData(Agreement.RestartAndNotifications)]
    public async Task A_route_never_leaves_the_kernel_while_the_speaker_is_replaced(Agreement agreement)
    {
        await lab.ReadyAsync();
        var address = lab.NextAddress();
        var (speaker, _) = await lab.StartAsync(agreement, address);
        var monitor = await RouteMonitor.StartAsync(lab.Lab, lab.Lab.RouterNs);
        await speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.KeepForwarding }, TestContext.Current.CancellationToken);
        await WaitForPathAsync(address, "stale", "the route waits for the speaker");

        var (again, _) = await lab.StartAsync(agreement, address, forwardingPreserved: true);
        await using (again)
        {
            await WaitForPathAsync(address, "fresh", "the route was announced again");
            var restart = (await lab.Router.NeighborAsync(Address(agreement))).GetProperty("gracefulRestartInfo");
            restart.GetProperty("rBit").GetBoolean().Should().BeTrue("this speaker's first OPEN has the R bit");
            restart.GetProperty("nBit").GetBoolean().Should().Be(agreement == Agreement.RestartAndNotifications);
            (await monitor.DeletedAsync(address)).Should().BeEmpty("no packet was without a route");
        }

        await lab.Router.Routes.WaitForNextHopsAsync($"{address}/32", []);
        (await monitor.DeletedAsync(address)).Should().NotBeEmpty("the monitor sees a route that does go");
    }

    [Fact]
    public async Task A_speaker_that_does_not_come_back_loses_its_route_when_the_restart_time_is_over()
    {
        await lab.ReadyAsync();
        var address = lab.NextAddress();
        var (speaker, transport) = await lab.StartAsync(Agreement.Restart, address, restartTime: 3);
        await using (speaker)
        {
            await transport.KillAsync();
            await WaitForPathAsync(address, "stale", "it is waited for first");
            await lab.Router.Routes.WaitForNextHopsAsync($"{address}/32", []);
        }
    }

    private static Task EndAsync(BgpSpeaker speaker, NamespaceTransport transport, Ending ending) => ending == Ending.Killed
        ? transport.KillAsync()
        : speaker.StopAsync(
            new BgpStopOptions
            {
                Mode = Enum.Parse<BgpStopMode>($"{ending}"),
                DrainTime = TimeSpan.FromMilliseconds(100),
                Linger = TimeSpan.FromMilliseconds(100),
            },
            TestContext.Current.CancellationToken);

    private async Task WaitForDownAsync(Agreement agreement) =>
        await lab.Router.WaitForSummaryAsync(peers => !peers[Address(agreement)].IsEstablished, "the session down");

    private async Task WaitForPathAsync(string address, string wanted, string what) =>
        await Poll.UntilAsync(() => PathStateAsync(address), state => state == wanted, what);

    private async Task<string> PathStateAsync(string address)
    {
        using var json = await lab.Router.VtyshJsonAsync($"show bgp ipv4 unicast {address}/32 json");
        return !json.RootElement.TryGetProperty("paths", out var paths) ? "none"
            : paths.EnumerateArray().Single().TryGetProperty("stale", out var stale) && stale.ValueKind == JsonValueKind.True ? "stale"
            : "fresh";
    }
}
