using System.Globalization;
using System.Text;

namespace BgpSharp.Wire;

/// <summary>The text an operator may put into a Cease (RFC 9003): one length octet and at most 255 octets of UTF-8.</summary>
internal static class ShutdownCommunication
{
    /// <summary>The data of a Cease with this text; text that is too long is cut between two characters.</summary>
    public static byte[] Encode(string text)
    {
        Span<byte> data = stackalloc byte[1 + byte.MaxValue];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.TryEncodeToUtf8(data[(1 + length)..], out var written))
            {
                break;
            }

            length += written;
        }

        data[0] = (byte)length;
        return data[..(1 + length)].ToArray();
    }

    /// <summary>
    /// The text in a Cease's data, fit for a log line: control characters and octets that are not UTF-8 are escaped. Null
    /// when there is none.
    /// </summary>
    public static string? Decode(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2 || data[0] == 0)
        {
            return null;
        }

        var rest = data.Slice(1, Math.Min(data[0], data.Length - 1));
        var text = new StringBuilder();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                foreach (var octet in rest[..consumed])
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

            rest = rest[consumed..];
        }

        return text.ToString();
    }

    // Format characters too: bidirectional overrides make a log line say something else than it says.
    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
