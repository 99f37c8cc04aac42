using System.Text;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Packages;

/// <summary>Each package as a stranger gets it: nothing of this repository but the packed file, and what its README says.</summary>
public sealed class PackageTests(PackedPackages packages) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bgpsharp-package-");

    [Fact]
    public async Task The_program_of_the_library_announces_its_prefix_and_withdraws_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var assembly = await PackageProject.BuildAsync(packages, _directory.FullName, "BgpSharp");

        var agent = lab.Start(lab.MasterNs(1), new Dictionary<string, string?>(), [Programs.Dotnet, assembly], withInput: true);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);
        await agent.WriteLineAsync("");

        (await agent.WaitForExitAsync()).Should().Be(0);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
    }

    [Fact]
    public async Task The_program_and_the_settings_of_the_hosting_package_announce_drain_and_withdraw()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var router = await lab.StartRouterAsync();
        var assembly = await PackageProject.BuildAsync(packages, _directory.FullName, "BgpSharp.Hosting", "Microsoft.Extensions.Hosting");
        string[] command = [Programs.Dotnet, assembly, "--contentRoot", _directory.FullName];

        var wrong = lab.Start(lab.MasterNs(1), [.. command, "--Bgp:Peers:tor1:Port=bgp", "--Bgp:RouterId="]);
        (await wrong.WaitForExitAsync()).Should().NotBe(0, "the settings are wrong");
        wrong.Lines.Should().Contain(line => line.Contains("Bgp:Peers:tor1:Port is 'bgp'; allowed: a whole number.", StringComparison.Ordinal)
            && line.Contains("Bgp:RouterId is missing; allowed: ", StringComparison.Ordinal));

        var agent = lab.Start(lab.MasterNs(1), command);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);

        (await agent.StopAsync()).Should().Be(0);
        var sent = await capture.WaitForCloseAsync(LabTopology.MasterAddress(1));
        sent.Select(e => e.ToString()).Should().ContainInOrder(
            "OPEN", "UPDATE announce 203.0.113.10/32", "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN");
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        await capture.StopAsync();
    }

    [Fact]
    public async Task The_program_of_the_testing_package_sees_the_route_at_the_router_it_plays()
    {
        var assembly = await PackageProject.BuildAsync(packages, _directory.FullName, "BgpSharp.Testing", "Microsoft.Extensions.TimeProvider.Testing");

        (await Command.RunAsync(Programs.Dotnet, assembly)).Should().StartWith("203.0.113.10/32 ");
    }

    [Fact]
    public async Task The_tool_is_installed_as_bgpsharp_and_prints_what_its_README_shows()
    {
        await packages.PackAsync();
        await packages.ConfigureNugetAsync(_directory.FullName);
        var tools = Path.Combine(_directory.FullName, "tools");
        await PackedPackages.DotnetAsync("tool", "install", "BgpSharp.Cli", "--version", PackedPackages.Version,
            "--tool-path", tools, "--configfile", Path.Combine(_directory.FullName, "nuget.config"));
        var shown = PackageProject.Block(Encoding.UTF8.GetString(packages.Read("BgpSharp.Cli", "README.md")), "console")!;
        shown.Should().StartWith("$ ");
        var command = shown[2..shown.IndexOf('\n', StringComparison.Ordinal)];

        var printed = await Command.RunAsync(
            "env", $"PATH={tools}:{Environment.GetEnvironmentVariable("PATH")}", $"DOTNET_ROOT={Path.GetDirectoryName(Programs.Dotnet)}", "sh", "-c", command);

        printed.Should().Be(shown[(command.Length + 3)..]);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
