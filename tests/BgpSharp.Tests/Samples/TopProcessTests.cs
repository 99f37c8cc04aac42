using BgpSharp.Tests.Terminal;

namespace BgpSharp.Tests.Samples;

/// <summary>bgpsharp top as a process, with peers that refuse: what it writes to a terminal, and to a reader that goes.</summary>
public sealed class TopProcessTests
{
    private const string Program = "BgpSharp.Cli";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public async Task In_a_terminal_each_table_is_drawn_over_the_one_before_and_none_is_longer_than_the_window(int peers)
    {
        await using var top = ToolRun.InTerminal(Program, Arguments(peers));
        var first = await top.UntilShownAsync(screen => screen.Lines[0].Contains($"0 of {peers} Established", StringComparison.Ordinal) && screen.Lines[2].StartsWith("PEER ", StringComparison.Ordinal), "the first table");

        var third = first;
        for (var table = 2; table <= 3; table++)
        {
            third = await top.UntilShownAsync(screen => screen.Lines[0].Contains("Established", StringComparison.Ordinal) && screen.Lines[0] != third.Lines[0], "a table of a later second");
        }

        third.Scrolled.Should().Be(0, "nothing went off the top of the window");
        third.Lines[2].Should().StartWith("PEER ", "the header stands where it stood, and what there is no room for is left out below it");
        third.Lines.Count(line => line.StartsWith("PEER ", StringComparison.Ordinal)).Should().Be(1, "there is one table and not three");
        third.Lines.Count(line => line.StartsWith("127.0.0.2:1 ", StringComparison.Ordinal) && !line.Contains("last down", StringComparison.Ordinal)).Should().Be(1);

        await top.InterruptAsync();
        (await top.WaitForEndAsync()).Should().Be(0, "Ctrl+C is the ordinary end");
    }

    [Fact]
    public async Task It_ends_when_its_reader_is_gone_and_says_nothing_about_it()
    {
        await using var top = ToolRun.BeforeHead(1, Program, Arguments(peers: 2));

        (await top.WaitForEndAsync()).Should().Be(0, "the reader has what it wanted");
        top.Output.Should().MatchRegex(@"\A\d\d:\d\d:\d\d 127\.0\.0\.2:1 AS 65001 [^\n]*\n\z");
        (await top.Errors.WaitAsync(Patience, TestContext.Current.CancellationToken)).Should().NotContain("bgpsharp:").And.NotContain("Exception").And.NotContain("   at ");
    }

    private static IEnumerable<string> Arguments(int peers) =>
        ["top", "--local-as", "65000", "--router-id", "198.51.100.11", .. Enumerable.Range(2, peers).SelectMany(i => (string[])["--peer", $"127.0.0.{i}:1,65001"])];
}
