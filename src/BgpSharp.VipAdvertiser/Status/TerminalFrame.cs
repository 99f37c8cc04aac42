using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>A text drawn over the one before it, from the upper left corner, without a flicker or a line that scrolls away.</summary>
internal static class TerminalFrame
{
    private const string Home = "\e[H", ClearLine = "\e[K", ClearBelow = "\e[J";

    public static string Make(string text, TerminalSize size)
    {
        List<string> lines = [.. text.TrimEnd('\n').Split('\n').SelectMany(line => Fold(line, size.Columns))];
        // The last line stays free: a line feed there would scroll.
        var room = Math.Max(1, size.Lines - 1);
        if (lines.Count > room)
        {
            lines = [.. lines.Take(room - 1), $"({lines.Count - room + 1} more lines)"];
        }

        var frame = new StringBuilder(Home);
        foreach (var line in lines)
        {
            // Before the text: after one that ends in the last column it would take that column's character away.
            frame.Append(ClearLine).Append(line).Append('\n');
        }

        return frame.Append(ClearBelow).ToString();
    }

    /// <summary>As the terminal would, but counted.</summary>
    private static IEnumerable<string> Fold(string line, int columns)
    {
        for (; columns > 0 && line.Length > columns; line = line[columns..])
        {
            yield return line[..columns];
        }

        yield return line;
    }
}
