using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

public readonly partial record struct Ipv6ExtendedCommunity
    : ISpanParsable<Ipv6ExtendedCommunity>, ISpanFormattable, IUtf8SpanFormattable, IText
{
    private const int Octets = 20;
    private const string Target = "rt";
    private const string Origin = "ro";

    /// <summary>
    /// Reads <c>rt:</c> and <c>ro:</c> with an IPv6 address in brackets and a local number, or <c>0x</c> and forty hexadecimal
    /// digits.
    /// </summary>
    /// <param name="text">For example <c>rt:[2001:db8::1]:100</c>.</param>
    /// <returns>The community.</returns>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Ipv6ExtendedCommunity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var community)
            ? community
            : throw TextForm.NotA("an IPv6 extended community, as in rt:[2001:db8::1]:100", text);
    }

    /// <summary>Reads the same without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="community">The community, when the result is true.</param>
    /// <returns>Whether the text was an IPv6 extended community.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv6ExtendedCommunity community)
    {
        community = default;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseHex(text[2..], out community);
        }

        var open = text.IndexOf(":[");
        var close = text.IndexOf("]:");
        if (open < 0
            || close < open
            || text[..open] is not (Target or Origin)
            || !IPAddress.TryParse(text[(open + 2)..close], out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6
            || address.ScopeId != 0
            || !ushort.TryParse(text[(close + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        community = text[..open] is Target ? RouteTarget(address, number) : RouteOrigin(address, number);
        return true;
    }

    /// <summary>The forms that are read; in hexadecimal what has no other.</summary>
    /// <returns>For example <c>rt:[2001:db8::1]:100</c>.</returns>
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
        if (IsRouteTarget || IsRouteOrigin)
        {
            text.Append(IsRouteTarget ? Target : Origin);
            text.Append(":[");
            _address.WriteText(ref text, isV4: false);
            text.Append("]:");
            text.Append(LocalAdministrator);
            return;
        }

        Span<byte> octets = stackalloc byte[Octets];
        WriteTo(octets);
        text.Append("0x");
        text.AppendHex(octets);
    }

    static Ipv6ExtendedCommunity ISpanParsable<Ipv6ExtendedCommunity>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<Ipv6ExtendedCommunity>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Ipv6ExtendedCommunity result) => TryParse(s, out result);

    static Ipv6ExtendedCommunity IParsable<Ipv6ExtendedCommunity>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Ipv6ExtendedCommunity>.TryParse(string? s, IFormatProvider? provider, out Ipv6ExtendedCommunity result) => TryParse(s, out result);

    private static bool TryParseHex(ReadOnlySpan<char> digits, out Ipv6ExtendedCommunity community)
    {
        Span<byte> octets = stackalloc byte[Octets];
        var isWhole = digits.Length == 2 * Octets && Convert.FromHexString(digits, octets, out _, out _) == System.Buffers.OperationStatus.Done;
        community = isWhole ? new(octets) : default;
        return isWhole;
    }
}
