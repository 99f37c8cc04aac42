namespace BgpSharp.Tests.Terminal;

/// <summary>The terminal that the tests look at is one.</summary>
public sealed class TerminalScreenTests
{
    [Fact]
    public void It_draws_clears_and_scrolls_as_a_terminal_does()
    {
        var screen = new TerminalScreen(columns: 4, lines: 3);

        screen.Write("abcd\r\nef\e[");
        screen.Write("1A\r\e[31mX\e[0m");
        screen.Lines.Should().Equal("Xbcd", "ef", "");
        screen.Write("\e[2;2H\e[K\r\ng");
        screen.Lines.Should().Equal("Xbcd", "e", "g");
        screen.Scrolled.Should().Be(0);

        screen.Write("\r\n\e[?25lhijkl");
        screen.Lines.Should().Equal("g", "hijk", "l");
        screen.Scrolled.Should().Be(2, "one line by a line feed, one by a line that was full");
        screen.Write("\e[2;1H\e[J");
        screen.Lines.Should().Equal("g", "", "");
        FluentActions.Invoking(() => screen.Write("\e[5n")).Should().Throw<NotSupportedException>("what it does not know it does not pass over");
    }
}
