using System.Text.RegularExpressions;
using BgpSharp.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace BgpSharp.Tests.Samples;

/// <summary>The C# in README and guide is code that is built and run; the smallest agent is small.</summary>
public sealed partial class DocumentationTests
{
    internal static readonly string Repository = FindRepository();
    private static readonly string Agent = File.ReadAllText(Path.Combine(Repository, "samples/EmbeddedAgent/Program.cs")).TrimEnd();

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(Repository, "samples/guide"), "*.md")
        .Select(path => Path.GetRelativePath(Repository, path)).Append("README.md").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_CSharp_stands_like_this_in_a_file_that_is_compiled(string page)
    {
        // A package's README is a program too: it is built and run with the package.
        var compiled = Files("tests/BgpSharp.Tests/Samples", "*.cs").Concat(Files("samples", "*.cs"))
            .Concat(Files("src", "README.md").SelectMany(CSharp)).Select(Unindented).ToArray();

        foreach (var block in CSharp(File.ReadAllText(Path.Combine(Repository, page))))
        {
            compiled.Should().Contain(text => text.Contains(Unindented(block), StringComparison.Ordinal), $"this is compiled:\n{block}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository, page))!;
        foreach (var target in Link().Matches(File.ReadAllText(Path.Combine(Repository, page))).Select(match => match.Groups["target"].Value))
        {
            Path.Exists(Path.Combine(folder, target)).Should().BeTrue($"{page} links to {target}");
        }
    }

    [Theory]
    [InlineData("samples/EmbeddedAgent/Program.cs")]
    [InlineData("samples/CodecAlone/Program.cs")]
    [InlineData("samples/HostedAgent/Program.cs")]
    [InlineData("samples/ObservedAgent/Program.cs")]
    [InlineData("tests/BgpSharp.Tests/Samples/FailoverTest.cs")]
    public void The_README_shows_the_program_word_for_word(string file)
    {
        var program = File.ReadAllText(Path.Combine(Repository, file)).TrimEnd();

        CSharp(File.ReadAllText(Path.Combine(Repository, "README.md"))).Select(block => block.TrimEnd()).Should().Contain(program, "the README shows the whole program");
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/BgpSharp.Hosting/README.md")]
    public void The_README_shows_the_settings_of_the_hosted_agent_and_they_are_right(string readme)
    {
        var file = Path.Combine(Repository, "samples/HostedAgent/appsettings.json");

        File.ReadAllText(Path.Combine(Repository, readme)).Should().Contain($"```json\n{File.ReadAllText(file).TrimEnd()}\n```", "the README shows the whole file");
        var options = SectionReading.Read(new ConfigurationBuilder().AddJsonFile(file).Build().GetSection("Bgp"));
        options.Peers.Keys.Should().Equal("tor1");
        options.Routes.Should().ContainSingle();
        options.Stop.Mode.Should().Be(BgpStopMode.Drain);
    }

    [Fact]
    public void The_agent_has_at_most_ten_lines_of_code()
    {
        var code = Agent.Split('\n').Where(line => line.Trim() is { Length: > 0 } text
            && !text.StartsWith("using ", StringComparison.Ordinal)
            && !text.StartsWith("//", StringComparison.Ordinal));

        code.Count().Should().BeInRange(1, 10);
    }

    private static IEnumerable<string> CSharp(string markdown) => CSharpBlock().Matches(markdown).Select(match => match.Groups["code"].Value);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Repository, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText);

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)\)")]
    private static partial Regex Link();

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "BgpSharp.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"no BgpSharp.sln above {AppContext.BaseDirectory}");
        }

        return directory.FullName;
    }
}
