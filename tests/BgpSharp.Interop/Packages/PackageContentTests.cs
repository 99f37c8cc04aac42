using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Packages;

/// <summary>What is in each package, and that it does not depend on where or when it was packed.</summary>
public sealed class PackageContentTests(PackedPackages packages)
{
    private static readonly string[] Libraries = ["BgpSharp", "BgpSharp.Hosting", "BgpSharp.Testing"];
    private static readonly string[] SourceFolders = ["src", "samples/BgpSharp.Cli"];

    [Fact]
    public async Task Every_package_names_its_licence_and_has_a_README_and_an_icon_of_its_own()
    {
        await packages.PackAsync();
        var readmes = new HashSet<string>();
        foreach (var package in PackedPackages.Projects.Keys)
        {
            var metadata = XDocument.Load(new MemoryStream(packages.Read(package, $"{package}.nuspec"))).Root!.Elements().Single();
            string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

            Value("license").Should().Be("Apache-2.0");
            Value("description").Should().NotBeNullOrWhiteSpace().And.NotBe("Package Description");
            readmes.Add(Encoding.UTF8.GetString(packages.Read(package, Value("readme")!))).Should().BeTrue($"the README of {package} is its own");
            packages.Read(package, Value("icon")!).Should().StartWith([0x89, (byte)'P', (byte)'N', (byte)'G']);
        }
    }

    [Fact]
    public async Task Libraries_have_their_documentation_and_symbols_whose_paths_are_nobodys()
    {
        await packages.PackAsync();
        foreach (var package in Libraries)
        {
            XDocument.Load(new MemoryStream(packages.Read(package, $"lib/net10.0/{package}.xml")))
                .Descendants("member").Should().NotBeEmpty($"{package} says what its types are for");
            using var assembly = new PEReader(new MemoryStream(packages.Read(package, $"lib/net10.0/{package}.dll")));
            var embedded = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
            var reader = symbols.GetMetadataReader();
            reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))
                .Should().NotBeEmpty().And.OnlyContain(path => path.StartsWith($"/_/src/{package}/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Packed_from_another_folder_every_package_is_the_same_octet_for_octet()
    {
        await packages.PackAsync();
        var copy = Directory.CreateTempSubdirectory("bgpsharp-elsewhere-");
        try
        {
            await CopySourcesAsync(copy.FullName);
            var solution = Path.Combine(copy.FullName, "Packages.slnx");
            await File.WriteAllTextAsync(solution, $"<Solution>{string.Concat(PackedPackages.Projects.Select(p => $"<Project Path=\"{p.Value}/{p.Key}.csproj\" />"))}</Solution>");

            await PackedPackages.DotnetAsync("pack", solution, "-c", Programs.Configuration, "-o", Path.Combine(copy.FullName, "feed"), "-nologo", "-v", "quiet");

            foreach (var package in PackedPackages.Projects.Keys.Select(PackedPackages.FileName))
            {
                var (here, elsewhere) = (Path.Combine(packages.Feed, package), Path.Combine(copy.FullName, "feed", package));
                Entries(elsewhere).Should().BeEquivalentTo(Entries(here), $"every file of {package} is the same");
                File.ReadAllBytes(elsewhere).AsSpan().SequenceEqual(File.ReadAllBytes(here)).Should().BeTrue($"{package} is the same");
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    /// <summary>What the packages are made of, without what was built, and what tells the SDK the commit.</summary>
    private static async Task CopySourcesAsync(string to)
    {
        var sources = new DirectoryInfo(Programs.Repository).GetFiles().Where(file => file.Name != ".git")
            .Concat(SourceFolders.SelectMany(folder => new DirectoryInfo(Path.Combine(Programs.Repository, folder)).GetFiles("*", SearchOption.AllDirectories)));
        foreach (var file in sources)
        {
            var path = Path.GetRelativePath(Programs.Repository, file.FullName);
            if (!path.Split('/').Any(part => part is "bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
                file.CopyTo(Path.Combine(to, path));
            }
        }

        if (PackedPackages.Commit is { } commit)
        {
            await CopyCommitAsync(to, commit);
        }
    }

    /// <summary>As much of the repository as the SDK reads: the commit and the remote.</summary>
    private static async Task CopyCommitAsync(string to, string commit)
    {
        var git = Directory.CreateDirectory(Path.Combine(to, ".git")).FullName;
        await File.WriteAllTextAsync(Path.Combine(git, "HEAD"), commit + "\n");
        var common = (await Command.RunAsync("git", "-C", Programs.Repository, "rev-parse", "--git-common-dir")).Trim();
        File.Copy(Path.Combine(Programs.Repository, common, "config"), Path.Combine(git, "config"));
    }

    private static Dictionary<string, string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            return Convert.ToHexString(SHA256.HashData(stream));
        });
    }
}
