using System.Xml.Linq;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>The package as a stranger gets it: nothing of this repository but the packed file and the lines of the README.</summary>
public sealed class PackageTests
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_fresh_project_with_the_package_and_the_README_lines_announces_its_prefix_and_withdraws_it()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var router = await lab.StartRouterAsync();
        var directory = Directory.CreateTempSubdirectory("bgpsharp-package-");
        try
        {
            var assembly = await BuildAsync(directory.FullName, "samples/EmbeddedAgent", "BgpSharp");

            var agent = lab.Start(lab.MasterNs(1), Programs.Dotnet, assembly,
                $"{LabTopology.MasterAddress(1)}", $"{LabTopology.RouterAddress}", LabTopology.VipPrefix);
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);

            (await agent.StopAsync()).Should().Be(0);
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_fresh_project_with_the_hosting_package_and_the_settings_of_the_README_announces_drains_and_withdraws()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var capture = await lab.CaptureAsync();
        var router = await lab.StartRouterAsync();
        var directory = Directory.CreateTempSubdirectory("bgpsharp-package-");
        try
        {
            var assembly = await BuildAsync(directory.FullName, "samples/HostedAgent", "BgpSharp.Hosting", "BgpSharp");
            var project = Path.Combine(directory.FullName, "Agent");

            var wrong = lab.Start(lab.MasterNs(1), Programs.Dotnet, assembly, "--contentRoot", project, "--Bgp:Peers:tor1:Port=bgp", "--Bgp:RouterId=");
            (await wrong.WaitForExitAsync()).Should().NotBe(0, "the settings are wrong");
            wrong.Lines.Should().Contain(line => line.Contains("Bgp:Peers:tor1:Port is 'bgp'; allowed: a whole number.", StringComparison.Ordinal)
                && line.Contains("Bgp:RouterId is missing; allowed: ", StringComparison.Ordinal));

            var agent = lab.Start(lab.MasterNs(1), Programs.Dotnet, assembly, "--contentRoot", project, $"--Bgp:RouterId={LabTopology.MasterAddress(1)}");
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [LabTopology.MasterAddress(1)]);

            (await agent.StopAsync()).Should().Be(0);
            var sent = await capture.WaitForCloseAsync(LabTopology.MasterAddress(1));
            sent.Select(e => e.ToString()).Should().ContainInOrder(
                "OPEN", "UPDATE announce 203.0.113.10/32", "UPDATE announce 203.0.113.10/32", "UPDATE withdraw 203.0.113.10/32", "NOTIFICATION 6/2", "FIN");
            await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
            await capture.StopAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Packs the library as it is built, and what is on top of it, and builds a sample around that.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="sample">The sample whose files are the project's.</param>
    /// <param name="package">The package that the project names.</param>
    /// <param name="beneath">The packages of this repository that it depends on.</param>
    /// <returns>The project's assembly.</returns>
    private static async Task<string> BuildAsync(string directory, string sample, string package, params IReadOnlyList<string> beneath)
    {
        var feed = Path.Combine(directory, "feed");
        foreach (var packed in beneath.Append(package))
        {
            await DotnetAsync("pack", Path.Combine(Programs.Repository, "src", packed), "--no-build", "-c", Programs.Configuration, "-o", feed);
        }

        var version = Directory.GetFiles(feed, "*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Single(file => file.StartsWith(package + ".", StringComparison.Ordinal) && char.IsAsciiDigit(file[package.Length + 1]))[(package.Length + 1)..];
        var project = Path.Combine(directory, "Agent", "Agent.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        foreach (var file in Directory.GetFiles(Path.Combine(Programs.Repository, sample)).Where(file => Path.GetExtension(file) is ".cs" or ".json"))
        {
            File.Copy(file, Path.Combine(directory, "Agent", Path.GetFileName(file)));
        }

        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>NU1900</WarningsNotAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{version}" />
                <PackageReference Include="Microsoft.Extensions.Hosting" Version="{HostingVersion()}" />
              </ItemGroup>
            </Project>
            """);
        // A packages folder of its own, or an earlier build's package of the same version would be taken;
        // what the machine has of others' packages is used where it lies.
        await File.WriteAllTextAsync(Path.Combine(directory, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
        await DotnetAsync("build", project, "-c", "Release");
        foreach (var used in beneath.Append(package))
        {
            Directory.Exists(Path.Combine(directory, "packages", used.ToLowerInvariant(), version)).Should().BeTrue($"the project must use the {used} packed here");
        }

        return Path.Combine(directory, "Agent/bin/Release/net10.0/Agent.dll");
    }

    private static Task<string> DotnetAsync(params IReadOnlyList<string> command) => Command.RunAsync(
        input: "", ["env", "-u", "NUGET_PACKAGES", Programs.Dotnet, .. command, "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"], BuildLimit);

    private static string HostingVersion() =>
        XDocument.Load(Path.Combine(Programs.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(p => p.Attribute("Include")!.Value == "Microsoft.Extensions.Hosting").Attribute("Version")!.Value;

    private static string MachinePackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
