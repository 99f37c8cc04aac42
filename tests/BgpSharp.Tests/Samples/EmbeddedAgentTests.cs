using System.Text.RegularExpressions;

namespace BgpSharp.Tests.Samples;

/// <summary>The smallest agent is what the README shows.</summary>
public sealed partial class EmbeddedAgentTests
{
    private static readonly string Repository = FindRepository();
    private static readonly string Program = File.ReadAllText(Path.Combine(Repository, "samples/EmbeddedAgent/Program.cs")).TrimEnd();

    [Fact]
    public void The_README_shows_the_program_word_for_word()
    {
        var firstLine = Program.Split('\n')[0];
        var shown = CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository, "README.md")))
            .Select(match => match.Groups["code"].Value.TrimEnd())
            .Where(code => code.StartsWith(firstLine, StringComparison.Ordinal) && code.Contains("CreateApplicationBuilder", StringComparison.Ordinal));

        shown.Should().ContainSingle("the README shows the program once").Which.Should().Be(Program);
    }

    [Fact]
    public void The_program_has_at_most_ten_lines_of_code()
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
