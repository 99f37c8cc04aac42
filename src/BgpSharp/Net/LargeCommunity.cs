using System.Buffers.Binary;
using System.Globalization;

namespace BgpSharp;

/// <summary>A large community (RFC 8092): three numbers of four octets, written <c>65000:1:2</c>.</summary>
/// <param name="GlobalAdministrator">The first number, usually an AS.</param>
/// <param name="LocalData1">The second number.</param>
/// <param name="LocalData2">The third number.</param>
public readonly record struct LargeCommunity(uint GlobalAdministrator, uint LocalData1, uint LocalData2)
    : ISpanParsable<LargeCommunity>, ISpanFormattable, IUtf8SpanFormattable, IWireValue<LargeCommunity>, IText
{
    /// <summary>Reads three numbers with colons between them.</summary>
    /// <param name="text">For example <c>65000:1:2</c>.</param>
    /// <returns>The community.</returns>
    /// <exception cref="FormatException">The text is not three numbers of four octets.</exception>
    public static LargeCommunity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var community) ? community : throw TextForm.NotA("a large community: three numbers, as in 65000:1:2", text);
    }

    /// <summary>Reads the same without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="community">The community, when the result is true.</param>
    /// <returns>Whether the text was a large community.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out LargeCommunity community)
    {
        community = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, ':') != 3
            || !TryNumber(text[parts[0]], out var first) || !TryNumber(text[parts[1]], out var second) || !TryNumber(text[parts[2]], out var third))
        {
            return false;
        }

        community = new LargeCommunity(first, second, third);
        return true;

        static bool TryNumber(ReadOnlySpan<char> part, out uint number) =>
            uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The three numbers.</summary>
    /// <returns>For example <c>65000:1:2</c>.</returns>
    public override string ToString() => TextForm.ToString(this);

    /// <summary>Writes the text form.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="charsWritten">How many characters were written.</param>
    /// <param name="format">Empty: there is one form only.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TextForm.TryFormat(this, destination, out charsWritten, format);

    /// <summary>Writes the text form in UTF-8.</summary>
    /// <param name="utf8Destination">Where to write.</param>
    /// <param name="bytesWritten">How many octets were written.</param>
    /// <param name="format">Empty: there is one form only.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TextForm.TryFormat(this, utf8Destination, out bytesWritten, format);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => TextForm.ToString(this, format);

    void IText.WriteText<TChar>(ref TextBuffer<TChar> text, ReadOnlySpan<char> format)
    {
        TextForm.RequireNoFormat(format);
        text.Append(GlobalAdministrator);
        text.Append(':');
        text.Append(LocalData1);
        text.Append(':');
        text.Append(LocalData2);
    }

    static LargeCommunity ISpanParsable<LargeCommunity>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<LargeCommunity>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out LargeCommunity result) => TryParse(s, out result);

    static LargeCommunity IParsable<LargeCommunity>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<LargeCommunity>.TryParse(string? s, IFormatProvider? provider, out LargeCommunity result) => TryParse(s, out result);

    static int IWireValue<LargeCommunity>.WireLength => 12;

    static LargeCommunity IWireValue<LargeCommunity>.ReadFrom(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt32BigEndian(octets),
        BinaryPrimitives.ReadUInt32BigEndian(octets[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(octets[8..]));

    void IWireValue<LargeCommunity>.WriteTo(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt32BigEndian(octets, GlobalAdministrator);
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], LocalData1);
        BinaryPrimitives.WriteUInt32BigEndian(octets[8..], LocalData2);
    }
}
