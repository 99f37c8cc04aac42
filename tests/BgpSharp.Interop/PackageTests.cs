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
            var assembly = await BuildAsync(directory.FullName);

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

    /// <summary>Packs the library as it is built, and builds the project around it.</summary>
    /// <returns>The project's assembly.</returns>
    private static async Task<string> BuildAsync(string directory)
    {
        var feed = Path.Combine(directory, "feed");
        await DotnetAsync("pack", Path.Combine(Programs.Repository, "src/BgpSharp"), "--no-build", "-c", Programs.Configuration, "-o", feed);
        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(feed, "BgpSharp.*.nupkg").Should().ContainSingle().Subject)["BgpSharp.".Length..];
        var project = Path.Combine(directory, "Agent", "Agent.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.Copy(Path.Combine(Programs.Repository, "samples/EmbeddedAgent/Program.cs"), Path.Combine(directory, "Agent", "Program.cs"));
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
                <PackageReference Include="BgpSharp" Version="{version}" />
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
        Directory.Exists(Path.Combine(directory, "packages", "bgpsharp", version)).Should().BeTrue("the project must use the file packed here");
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
