using System.Buffers;
using System.Globalization;
using System.Text;

namespace BgpSharp.Wire;

/// <summary>Text that a peer sent, made fit for a log line.</summary>
internal static class PeerText
{
    /// <summary>UTF-8 with control characters, quotes, and octets that are not UTF-8 escaped.</summary>
    public static string Escape(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) != OperationStatus.Done)
            {
                foreach (var octet in utf8[..consumed])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
                }
            }
            else if (rune.Value is '"' or '\\')
            {
                text.Append('\\').Append((char)rune.Value);
            }
            else if (IsUnsafe(rune))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
            else
            {
                text.Append(rune);
            }

            utf8 = utf8[consumed..];
        }

        return text.ToString();
    }

    // Format characters too: bidirectional overrides make a log line say something else than it says.
    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
