using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>What a terminal is sent to draw over what it shows.</summary>
public sealed class TerminalFrameTests
{
    [Fact]
    public void Each_line_clears_what_stood_there_and_the_last_what_stood_below() =>
        TerminalFrame.Make("one\n\ntwo\n", new TerminalSize(80, 24)).Should().Be("\e[H\e[Kone\n\e[K\n\e[Ktwo\n\e[J");

    [Fact]
    public void A_long_line_is_folded_before_the_terminal_does() =>
        TerminalFrame.Make("abcdefg\n", new TerminalSize(3, 24)).Should().Be("\e[H\e[Kabc\n\e[Kdef\n\e[Kg\n\e[J");

    [Fact]
    public void What_has_no_room_is_counted_and_nothing_scrolls() =>
        TerminalFrame.Make("1\n2\n3\n4\n5\n", new TerminalSize(80, 4)).Should().Be("\e[H\e[K1\n\e[K2\n\e[K(3 more lines)\n\e[J");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_terminal_of_no_size_does_no_harm(int columns, int lines) =>
        TerminalFrame.Make("ab\nc\n", new TerminalSize(columns, lines)).Should().StartWith("\e[H\e[K(").And.EndWith(" more lines)\n\e[J");
}
