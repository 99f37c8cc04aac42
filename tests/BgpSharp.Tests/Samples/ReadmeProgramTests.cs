using System.Text.RegularExpressions;
using BgpSharp.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace BgpSharp.Tests.Samples;

/// <summary>The programs that the README shows are those that are built; the smallest agent is small.</summary>
public sealed partial class ReadmeProgramTests
{
    private static readonly string Repository = FindRepository();
    private static readonly string Program = File.ReadAllText(Path.Combine(Repository, "samples/EmbeddedAgent/Program.cs")).TrimEnd();

    [Theory]
    [InlineData("samples/EmbeddedAgent/Program.cs")]
    [InlineData("samples/CodecAlone/Program.cs")]
    [InlineData("samples/HostedAgent/Program.cs")]
    [InlineData("samples/ObservedAgent/Program.cs")]
    [InlineData("tests/BgpSharp.Tests/Samples/FailoverTest.cs")]
    public void The_README_shows_the_program_word_for_word(string file)
    {
        var program = File.ReadAllText(Path.Combine(Repository, file)).TrimEnd();

        CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository, "README.md"))).Select(match => match.Groups["code"].Value.TrimEnd())
            .Should().Contain(program, "the README shows the whole program");
    }

    [Fact]
    public void The_README_shows_the_settings_of_the_hosted_agent_and_they_are_right()
    {
        var file = Path.Combine(Repository, "samples/HostedAgent/appsettings.json");

        File.ReadAllText(Path.Combine(Repository, "README.md")).Should().Contain($"```json\n{File.ReadAllText(file).TrimEnd()}\n```", "the README shows the whole file");
        var options = SectionReading.Read(new ConfigurationBuilder().AddJsonFile(file).Build().GetSection("Bgp"));
        options.Peers.Keys.Should().Equal("tor1");
        options.Routes.Should().ContainSingle();
        options.Stop.Mode.Should().Be(BgpStopMode.Drain);
    }

    [Fact]
    public void The_agent_has_at_most_ten_lines_of_code()
    {
        var code = Program.Split('\n').Where(line => line.Trim() is { Length: > 0 } text
            && !text.StartsWith("using ", StringComparison.Ordinal)
            && !text.StartsWith("//", StringComparison.Ordinal));

        code.Count().Should().BeInRange(1, 10);
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

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
