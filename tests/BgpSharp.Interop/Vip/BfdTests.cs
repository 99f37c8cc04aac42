using BgpSharp.Interop.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Vip;

/// <summary>The host with BFD, by its own configuration and by kube-vip's, beside routers that have what <c>check</c> prints for them.</summary>
public sealed class BfdTests
{
    // The hold time alone would keep the route for longer than these tests wait.
    private static readonly string[] WithBfd =
    [
        "--peers:0:bfd:transmitInterval", "50", "--peers:0:bfd:receiveInterval", "50", "--peers:0:bfd:multiplier", "3", "--peers:0:holdTime", "3600",
        "--drain:time", "0",
    ];

    [Fact]
    public async Task FRR_with_the_printed_configuration_drops_a_master_that_stands_still_before_the_hold_time()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { Text = "" });
        await FrrBfd.StartAsync(lab, router);
        await router.ConfigureAsync(await PrintedAsync(lab, "! FRR"));
        var host = VipMaster.Start(lab, 1, more: WithBfd);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        await WaitForStatusAsync(lab, "BFD up on both sides", line => line.Contains("Established") && line.Contains("  up  "));

        host.Send(Signal.Stop);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        using (var json = await router.VtyshJsonAsync($"show bgp neighbors {LabTopology.MasterAddress(1)} json"))
        {
            json.RootElement.GetProperty($"{LabTopology.MasterAddress(1)}").GetProperty("lastErrorCodeSubcode").GetString().Should().Be("060A", "Cease, BFD Down: not the hold timer");
        }

        host.Send(Signal.Continue);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
    }

    [Fact]
    public async Task BIRD_with_the_printed_configuration_has_BFD_up()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await BirdRouter.StartAsync(lab, lab.RouterNs, string.Join('\n', await PrintedAsync(lab, "# BIRD")) + "\n");
        VipMaster.Start(lab, 1, more: WithBfd);
        await WaitForStatusAsync(lab, "BFD up on both sides", line => line.Contains("Established") && line.Contains("  up  "));
        (await router.ShowAsync("show bfd sessions")).Should().Contain(line => line.Contains($"{LabTopology.MasterAddress(1)}") && line.Contains("Up") && line.Contains("0.050"));
    }

    private static async Task<IReadOnlyList<string>> PrintedAsync(Lab lab, string first)
    {
        var check = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, "check", .. VipMaster.Command(1).Skip(Programs.VipAdvertiser.Count), .. WithBfd]);
        (await check.WaitForExitAsync()).Should().Be(2, "there is no router yet");
        return [.. check.Lines.SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];
    }

    private static Task<IReadOnlyList<string>> WaitForStatusAsync(Lab lab, string what, Func<string, bool> wanted) => Poll.UntilAsync(
        async () =>
        {
            var status = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, "status"]);
            await status.WaitForExitAsync();
            return status.Lines;
        },
        lines => lines.Any(wanted),
        what);
}
