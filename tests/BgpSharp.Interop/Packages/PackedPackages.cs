using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Packages;

/// <summary>All packages of this repository, packed once from what is built, in a folder that NuGet takes for a source.</summary>
public sealed class PackedPackages : IAsyncDisposable
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);

    private readonly Lazy<Task> _packed;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bgpsharp-packages-");

    public PackedPackages() => _packed = new(PackOnceAsync);

    /// <summary>Package id and the folder of its project, those that others depend on first.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Projects = new Dictionary<string, string>
    {
        ["BgpSharp"] = "src/BgpSharp",
        ["BgpSharp.Hosting"] = "src/BgpSharp.Hosting",
        ["BgpSharp.Testing"] = "src/BgpSharp.Testing",
        ["BgpSharp.Cli"] = "samples/BgpSharp.Cli",
    };

    internal static string Version { get; } =
        XDocument.Load(Path.Combine(Programs.Repository, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>The commit that was built, which need not be the one that is checked out now; null where there is no repository.</summary>
    internal static string? Commit { get; } =
        FileVersionInfo.GetVersionInfo(typeof(BgpSpeaker).Assembly.Location).ProductVersion!.Split('+') is [_, var commit] ? commit : null;

    internal string Feed => Path.Combine(_directory.FullName, "feed");

    internal Task PackAsync() => _packed.Value;

    internal static string FileName(string package) => $"{package}.{Version}.nupkg";

    /// <summary>A file of a package.</summary>
    internal byte[] Read(string package, string entry)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, FileName(package)));
        using var stream = archive.GetEntry(entry)?.Open() ?? throw new FileNotFoundException($"{package} has no {entry}, but {string.Join(", ", archive.Entries)}");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    internal static Task<string> DotnetAsync(params IReadOnlyList<string> command) => Command.RunAsync(
        input: "",
        [
            "env", "-u", "NUGET_PACKAGES", "MSBUILDDISABLENODEREUSE=1", "DOTNET_CLI_USE_MSBUILD_SERVER=0", "UseSharedCompilation=false",
            Programs.Dotnet, .. command,
        ],
        BuildLimit);

    /// <summary>
    /// The sources of packages for a project in a directory: a packages folder of its own, or an earlier package of the same
    /// version would be taken; what the machine has of others' packages is used where it lies.
    /// </summary>
    internal Task ConfigureNugetAsync(string directory) => File.WriteAllTextAsync(Path.Combine(directory, "nuget.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="packages" /></config>
          <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
          <fallbackPackageFolders><add key="machine" value="{MachinePackages()}" /></fallbackPackageFolders>
        </configuration>
        """);

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task PackOnceAsync()
    {
        string[] commit = Commit is null ? [] : [$"-p:SourceRevisionId={Commit}"];
        foreach (var (package, project) in Projects)
        {
            // What is built of the tool is to be compiled ahead of time, with settings that a package does not have.
            string[] build = package == "BgpSharp.Cli" ? ["--no-restore", $"-p:BaseOutputPath={_directory.FullName}/bin/"] : ["--no-build"];
            await DotnetAsync(["pack", Path.Combine(Programs.Repository, project), "-c", Programs.Configuration, "-o", Feed, "-nologo", .. build, .. commit]);
        }
    }

    private static string MachinePackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
