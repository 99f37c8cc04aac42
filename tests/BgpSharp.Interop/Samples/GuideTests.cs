using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>The router configurations and the commands of the guide, taken from its pages.</summary>
public sealed class GuideTests
{
    private static readonly string Pages = Path.Combine(Programs.Repository, "samples/guide");

    [Fact]
    public async Task FRR_with_the_configuration_of_the_guide_installs_the_route_of_the_guides_host()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var text = Blocks("routers.md", "frr").Single();
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 1) with { Text = text });
        await router.ConfigureAsync(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)); // A line that it does not take is an error here.

        StartHost(lab);

        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        var established = await router.WaitForEstablishedAsync([LabTopology.MasterAddress(1)]);
        established.Should().ContainSingle();
    }

    [Fact]
    public async Task BIRD_with_the_configuration_of_the_guide_installs_the_route_of_the_guides_host()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await BirdRouter.StartAsync(lab, lab.RouterNs, Blocks("routers.md", "bird").Single());

        StartHost(lab);

        await Poll.UntilAsync(
            () => Ip.RunAsync(lab.RouterNs, "route", "show", $"{LabTopology.Vip}"),
            route => route.StartsWith($"{LabTopology.Vip} via {LabTopology.MasterAddress(1)} dev {LabTopology.Interface} proto bird", StringComparison.Ordinal),
            "the VIP among the kernel's routes");
        (await router.ShowAsync("show protocols")).Should().Contain(line => line.StartsWith("master1 ", StringComparison.Ordinal) && line.Contains("Established"));
    }

    [Fact]
    public async Task Each_command_that_prints_a_manifest_prints_one()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var file = $"{lab.RunDirectory}/bgpsharp-vip.yaml";
        await File.WriteAllTextAsync(file, $$"""
            vip: {{LabTopology.Vip}}
            localAs: 65000
            peers:
            - address: {{LabTopology.RouterAddress}}
              as: 65001
            """, TestContext.Current.CancellationToken);
        var commands = Blocks("install.md", "sh").SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("bgpsharp-vip manifest ", StringComparison.Ordinal)).ToArray();

        foreach (var command in commands)
        {
            var run = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, .. command.Replace("bgpsharp-vip.yaml", file, StringComparison.Ordinal).Split(' ').Skip(1)]);
            (await run.WaitForExitAsync()).Should().Be(0, command);
            run.Lines.Should().Contain(line => line.Contains("BGPSHARP_", StringComparison.Ordinal) && line.Contains($"{LabTopology.Vip}", StringComparison.Ordinal));
        }

        commands.Should().HaveCount(3, "pod, daemonset and systemd");
    }

    private static void StartHost(Lab lab)
    {
        var command = Blocks("routers.md", "sh").Single().Trim().Split(' ');
        command[0].Should().Be("bgpsharp-vip");
        lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, .. command.Skip(1)]);
    }

    private static string[] Blocks(string page, string language) =>
        [.. File.ReadAllText(Path.Combine(Pages, page)).Split($"\n```{language}\n").Skip(1).Select(rest => rest[..(rest.IndexOf("\n```", StringComparison.Ordinal) + 1)])];
}
