using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>What <c>bgpsharp-vip check</c> prints for the routers is all that they need, and checking disturbs no session.</summary>
public sealed class VipCheckTests
{
    [Fact]
    public async Task FRR_with_the_printed_configuration_installs_the_route_of_every_master()
    {
        await using var lab = await Lab.CreateAsync(masters: 2);
        string[] more = ["--vip", $"{LabTopology.Vip},2001:db8::10", "--drain:time", "0"];
        IReadOnlyList<string> text = [.. await PrintedAsync(lab, 1, "! FRR", more), .. await PrintedAsync(lab, 2, "! FRR", more)];
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 2) with { Text = string.Join('\n', text) + "\n" });
        await router.ConfigureAsync(text); // Once more: a line that it does not take is an error here, and only a message at the start.

        VipMaster.Start(lab, 1, more: more);
        VipMaster.Start(lab, 2, more: more);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1), LabTopology.MasterAddress(2)]);
        var before = await router.SummaryAsync();
        var (code, lines) = await CheckAsync(lab, 1, more);
        lines.Should().ContainSingle(line => line.StartsWith($"  {LabTopology.RouterAddress} AS 65001: it refuses a second session, so it has one with this host already"));
        code.Should().Be(0);
        (await router.SummaryAsync())[LabTopology.MasterAddress(1)].ConnectionsDropped.Should().Be(
            before[LabTopology.MasterAddress(1)].ConnectionsDropped, "the session of the running host stays");
    }

    [Fact]
    public async Task BIRD_with_the_printed_configuration_installs_the_route()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var text = await PrintedAsync(lab, 1, "# BIRD");
        var router = await BirdRouter.StartAsync(lab, lab.RouterNs, string.Join('\n', text) + "\n");
        var (code, lines) = await CheckAsync(lab, 1);
        code.Should().Be(0, string.Join('\n', lines));
        lines.Should().ContainSingle(line => line.StartsWith($"  {LabTopology.RouterAddress} AS 65001: Established: hold time 9 s, ipv4-unicast, from {LabTopology.MasterAddress(1)}"));

        VipMaster.Start(lab, 1);

        await Poll.UntilAsync(
            () => Ip.RunAsync(lab.RouterNs, "route", "show", $"{LabTopology.Vip}"),
            route => route.StartsWith($"{LabTopology.Vip} via {LabTopology.MasterAddress(1)} dev {LabTopology.Interface} proto bird", StringComparison.Ordinal),
            "the VIP among the kernel's routes");
        (await router.ShowAsync("show protocols")).Should().Contain(line => line.Contains("Established"));
    }

    [Fact]
    public async Task Started_as_manager_by_kube_vips_environment_it_announces()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var environment = KubeVip(lab);
        environment["BGPSHARP_HEALTH__CHECK"] = "none";

        var host = lab.Start(lab.MasterNs(1), environment, [.. Programs.VipAdvertiser, "manager", "--prometheusHTTPServer", "", "--unheardOf"]);

        await host.WaitForLineAsync(line => line.Contains("not applied here: vip_nodename, --unheardOf", StringComparison.Ordinal));
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
    }

    [Fact]
    public async Task An_environment_of_another_mode_ends_with_2_and_the_variables_name()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var environment = KubeVip(lab);
        (environment["vip_arp"], environment["bgp_enable"]) = ("true", "false");

        var host = lab.Start(lab.MasterNs(1), environment, [.. Programs.VipAdvertiser, "manager"]);

        (await host.WaitForExitAsync()).Should().Be(2);
        host.Lines.Should().Equal("bgpsharp-vip: vip_arp is 'true' (the environment variable vip_arp): ARP mode is not provided");
    }

    private static Dictionary<string, string?> KubeVip(Lab lab) => new()
    {
        ["vip_arp"] = "false",
        ["vip_nodename"] = lab.MasterNs(1),
        ["vip_interface"] = "lo",
        ["cp_enable"] = "true",
        ["bgp_enable"] = "true",
        ["bgp_routerid"] = $"{LabTopology.MasterAddress(1)}",
        ["bgp_as"] = "65000",
        ["bgp_peers"] = $"{LabTopology.RouterAddress}:65001::false",
        ["address"] = $"{LabTopology.Vip}",
        ["bgp_hold_time"] = "9",
        ["bgp_keepalive_interval"] = "3",
    };

    /// <summary>The part of the output that begins with a line, up to the next empty one.</summary>
    private static async Task<IReadOnlyList<string>> PrintedAsync(Lab lab, int master, string first, params string[] more)
    {
        var (code, lines) = await CheckAsync(lab, master, more);
        code.Should().Be(2, "there is no router yet");
        lines.Should().Contain(line => line.StartsWith($"  {LabTopology.RouterAddress} AS 65001: no session: cannot connect: "));
        return [.. lines.SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];
    }

    private static async Task<(int Code, IReadOnlyList<string> Lines)> CheckAsync(Lab lab, int master, params string[] more)
    {
        var arguments = VipMaster.Command(master).Skip(Programs.VipAdvertiser.Count);
        var check = lab.Start(lab.MasterNs(master), [.. Programs.VipAdvertiser, "check", .. arguments, .. more]);
        var code = await check.WaitForExitAsync();
        return (code, check.Lines);
    }
}
