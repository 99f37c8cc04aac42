using System.Text;
using System.Xml.Linq;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Packages;

/// <summary>A project as a stranger makes it: the package, and the blocks of the package's README as they stand there.</summary>
internal static class PackageProject
{
    /// <param name="packages">The packages.</param>
    /// <param name="directory">Where.</param>
    /// <param name="package">The package of this repository that it names.</param>
    /// <param name="others">What it names of others' packages.</param>
    /// <returns>The program's assembly.</returns>
    public static async Task<string> BuildAsync(PackedPackages packages, string directory, string package, params IReadOnlyList<string> others)
    {
        await packages.PackAsync();
        var readme = Encoding.UTF8.GetString(packages.Read(package, "README.md"));
        await File.WriteAllTextAsync(Path.Combine(directory, "Program.cs"), Block(readme, "csharp")!);
        if (Block(readme, "json") is { } settings)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "appsettings.json"), settings);
        }

        var references = others.Select(name => (Name: name, Version: VersionOf(name))).Prepend((Name: package, PackedPackages.Version));
        await File.WriteAllTextAsync(Path.Combine(directory, "Agent.csproj"), $"""
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
            {string.Concat(references.Select(r => $"""    <PackageReference Include="{r.Name}" Version="{r.Version}" />{'\n'}"""))}
              </ItemGroup>
            </Project>
            """);
        await packages.ConfigureNugetAsync(directory);
        await PackedPackages.DotnetAsync("build", directory, "-c", "Release", "-nologo");
        Directory.Exists(Path.Combine(directory, "packages", package.ToLowerInvariant(), PackedPackages.Version))
            .Should().BeTrue($"the project must use the {package} packed here");
        return Path.Combine(directory, "bin/Release/net10.0/Agent.dll");
    }

    /// <summary>The only block of a language in a text; null when there is none.</summary>
    public static string? Block(string markdown, string language)
    {
        var blocks = markdown.Split($"```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToArray();
        blocks.Length.Should().BeLessThan(2, "one block is the program or its settings");
        return blocks.SingleOrDefault();
    }

    private static string VersionOf(string package) =>
        XDocument.Load(Path.Combine(Programs.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(p => p.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
}
