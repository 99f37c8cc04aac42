using System.Globalization;
using System.Text;

namespace BgpSharp.Cli.Decode.Text;

/// <summary>Text out of a file, made fit for a terminal: what would move the cursor or hide text is escaped.</summary>
internal static class Printable
{
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
            else
            {
                printable.Append(rune);
            }
        }

        return printable.ToString();
    }
}
