namespace BgpSharp;

public readonly partial struct AsPath : ISpanParsable<AsPath>, ISpanFormattable, IUtf8SpanFormattable, IText
{
    /// <summary>
    /// Reads a path: numbers in asplain or asdot with blanks between them; <c>{set}</c>, <c>(confederation sequence)</c> and
    /// <c>[confederation set]</c>, in sets with blanks or commas. The empty text is the empty path.
    /// </summary>
    /// <param name="text">For example <c>65001 65002 {65003 65004}</c> or <c>65001 {65003,65004}</c>.</param>
    /// <returns>The path.</returns>
    /// <exception cref="FormatException">The text is no path.</exception>
    public static AsPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var path) ? path : throw TextForm.NotA("an AS path, as in 65001 65002 {65003 65004}", text);
    }

    /// <summary>Reads a path without throwing; see <see cref="Parse(string)"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path, when the result is true.</param>
    /// <returns>Whether the text was a path.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out AsPath path)
    {
        path = default;
        List<uint> words = [];
        for (text = text.Trim(' '); !text.IsEmpty; text = text.TrimStart(' '))
        {
            var (type, end) = text[0] switch
            {
                '{' => (AsPathSegmentType.Set, text.IndexOf('}')),
                '(' => (AsPathSegmentType.ConfedSequence, text.IndexOf(')')),
                '[' => (AsPathSegmentType.ConfedSet, text.IndexOf(']')),
                _ => (AsPathSegmentType.Sequence, EndOfSequence(text)),
            };
            var isBare = type == AsPathSegmentType.Sequence;
            if (end < 0 || !TryAddSegment(words, type, isBare ? text[..end] : text[1..end]))
            {
                return false;
            }

            text = text[(isBare ? end : end + 1)..];
        }

        path = FromWords([.. words]);
        return true;
    }

    /// <summary>The usual form.</summary>
    /// <returns>For example <c>65001 65002 {65003 65004}</c>; empty for the empty path.</returns>
    public override string ToString() => TextForm.ToString(this);

    /// <summary>The path with its numbers in a notation of RFC 5396.</summary>
    /// <param name="format"><c>asplain</c>, <c>asdot</c> or <c>asdot+</c>, see <see cref="Asn.ToString(string?)"/>.</param>
    /// <returns>For example <c>65001 1.10</c>.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public string ToString(string? format) => TextForm.ToString(this, format);

    /// <summary>Writes the text form.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="charsWritten">How many characters were written.</param>
    /// <param name="format">Empty or <c>asplain</c>, <c>asdot</c>, <c>asdot+</c>.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TextForm.TryFormat(this, destination, out charsWritten, format);

    /// <summary>Writes the text form in UTF-8.</summary>
    /// <param name="utf8Destination">Where to write.</param>
    /// <param name="bytesWritten">How many octets were written.</param>
    /// <param name="format">Empty or <c>asplain</c>, <c>asdot</c>, <c>asdot+</c>.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TextForm.TryFormat(this, utf8Destination, out bytesWritten, format);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => TextForm.ToString(this, format);

    void IText.WriteText<TChar>(ref TextBuffer<TChar> text, ReadOnlySpan<char> format)
    {
        var dottedFrom = Asn.DottedFrom(format);
        var isFirst = true;
        foreach (var segment in this)
        {
            if (!isFirst)
            {
                text.Append(' ');
            }

            isFirst = false;
            var (before, after) = segment.Type switch
            {
                AsPathSegmentType.Set => ("{", "}"),
                AsPathSegmentType.ConfedSequence => ("(", ")"),
                AsPathSegmentType.ConfedSet => ("[", "]"),
                _ => ("", ""),
            };
            text.Append(before);
            var asns = segment.Asns;
            for (var i = 0; i < asns.Length; i++)
            {
                if (i > 0)
                {
                    text.Append(' ');
                }

                asns[i].WriteText(ref text, dottedFrom);
            }

            text.Append(after);
        }
    }

    static AsPath ISpanParsable<AsPath>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<AsPath>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out AsPath result) => TryParse(s, out result);

    static AsPath IParsable<AsPath>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<AsPath>.TryParse(string? s, IFormatProvider? provider, out AsPath result) => TryParse(s, out result);

    private static int EndOfSequence(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny("{([");
        return end < 0 ? text.Length : end;
    }

    private static bool TryAddSegment(List<uint> words, AsPathSegmentType type, ReadOnlySpan<char> text)
    {
        var header = words.Count;
        words.Add(0);
        var isSet = type is AsPathSegmentType.Set or AsPathSegmentType.ConfedSet;
        for (text = text.Trim(' '); !text.IsEmpty;)
        {
            var end = isSet ? text.IndexOfAny(' ', ',') : text.IndexOf(' ');
            if (!Asn.TryParse(end < 0 ? text : text[..end], out var asn))
            {
                return false;
            }

            words.Add(asn.Value);
            if (end < 0)
            {
                break;
            }

            // One comma at most, and a number behind it.
            var hasComma = text[end] == ',';
            text = text[(end + 1)..].TrimStart(' ');
            if (isSet && !hasComma && text.StartsWith(','))
            {
                hasComma = true;
                text = text[1..].TrimStart(' ');
            }

            if (hasComma && text.IsEmpty)
            {
                return false;
            }
        }

        var count = words.Count - header - 1;
        words[header] = AsPathSegment.Header(type, count);
        return count is > 0 and <= AsPathSegment.MaximumCount;
    }
}
