using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace BgpSharp;

public readonly partial record struct ExtendedCommunity
    : ISpanParsable<ExtendedCommunity>, ISpanFormattable, IUtf8SpanFormattable, IText
{
    private const string Target = "rt";
    private const string Origin = "ro";
    private const string Bandwidth = "lb";
    private const string TransitiveBandwidth = "lb-transitive";
    private const string OpaqueName = "opaque";

    // Behind an AS number that would fit two octets but has four (RFC 5668).
    private const char FourOctetMark = 'L';

    /// <summary>
    /// Reads <c>rt:</c> and <c>ro:</c> with an AS number or IPv4 address and a local number, <c>lb:</c> and
    /// <c>lb-transitive:</c> with an AS number and octets a second, <c>opaque:</c> with a subtype and twelve hexadecimal
    /// digits, or <c>0x</c> and sixteen hexadecimal digits.
    /// </summary>
    /// <param name="text">
    /// For example <c>rt:65000:100</c>, <c>rt:65000L:100</c> (an AS number of four octets), <c>ro:198.51.100.1:7</c>,
    /// <c>lb:65000:125000000</c>, <c>opaque:12:000000000008</c>, <c>0x060101010101000a</c>.
    /// </param>
    /// <returns>The community.</returns>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static ExtendedCommunity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var community)
            ? community
            : throw TextForm.NotA("an extended community, as in rt:65000:100, lb:65000:125000000 or 0x060101010101000a", text);
    }

    /// <summary>Reads the same without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="community">The community, when the result is true.</param>
    /// <returns>Whether the text was an extended community.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ExtendedCommunity community)
    {
        community = default;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            var isWhole = ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text.Length == 18;
            community = isWhole ? new(value) : default;
            return isWhole;
        }

        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, ':') != 3)
        {
            return false;
        }

        var first = text[parts[1]];
        var second = text[parts[2]];
        return text[parts[0]] switch
        {
            Target => TryParse(TargetSubtype, first, second, out community),
            Origin => TryParse(OriginSubtype, first, second, out community),
            Bandwidth => TryParseBandwidth(NonTransitive, first, second, out community),
            TransitiveBandwidth => TryParseBandwidth(TwoOctetAs, first, second, out community),
            OpaqueName => TryParseOpaque(first, second, out community),
            _ => false,
        };
    }

    /// <summary>The forms that are read; in hexadecimal what has no other.</summary>
    /// <returns>For example <c>rt:65000:100</c>.</returns>
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
            text.Append(':');
            WriteAdministrator(ref text);
            text.Append(':');
            text.Append(Number!.Value);
        }
        else if (TryBandwidthText(out var bandwidth))
        {
            text.Append(IsTransitive ? TransitiveBandwidth : Bandwidth);
            text.Append(':');
            text.Append(Asn!.Value.Value);
            text.Append(':');
            text.Append(bandwidth);
        }
        else
        {
            Span<byte> octets = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(octets, Value);
            if (Type == OpaqueType)
            {
                text.Append(OpaqueName);
                text.Append(':');
                text.Append(Subtype);
                text.Append(':');
                text.AppendHex(octets[2..]);
            }
            else
            {
                text.Append("0x");
                text.AppendHex(octets);
            }
        }
    }

    static ExtendedCommunity ISpanParsable<ExtendedCommunity>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<ExtendedCommunity>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ExtendedCommunity result) => TryParse(s, out result);

    static ExtendedCommunity IParsable<ExtendedCommunity>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ExtendedCommunity>.TryParse(string? s, IFormatProvider? provider, out ExtendedCommunity result) => TryParse(s, out result);

    private void WriteAdministrator<TChar>(ref TextBuffer<TChar> text)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        if (Type == Ipv4Address)
        {
            new AddressBits(Payload << 16, 0).WriteText(ref text, isV4: true);
            return;
        }

        text.Append(Asn!.Value.Value);
        if (Type == FourOctetAs && Asn.Value.IsTwoOctet)
        {
            text.Append(FourOctetMark);
        }
    }

    // What does not read back to the same octets (a tiny fraction, a negative number) is shown in hexadecimal.
    private bool TryBandwidthText(out string text)
    {
        text = "";
        if (!TryGetLinkBandwidth(out var bytesPerSecond))
        {
            return false;
        }

        text = bytesPerSecond.ToString("0.#########", CultureInfo.InvariantCulture);
        return float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var back)
            && BitConverter.SingleToUInt32Bits(back) == (uint)Value;
    }

    private static bool TryParse(byte subtype, ReadOnlySpan<char> administrator, ReadOnlySpan<char> localNumber, out ExtendedCommunity community)
    {
        community = default;
        if (!uint.TryParse(localNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var isShort = number <= ushort.MaxValue;
        if (BgpIdentifier.TryParse(administrator, out var address))
        {
            community = isShort ? new(Ipv4Address, subtype, ((ulong)address.Value << 16) | number) : default;
            return isShort;
        }

        var isMarked = administrator.EndsWith(FourOctetMark);
        if (!BgpSharp.Asn.TryParse(isMarked ? administrator[..^1] : administrator, out var asn) || ((isMarked || !asn.IsTwoOctet) && !isShort))
        {
            return false;
        }

        community = WithAsn(subtype, asn, number, isMarked);
        return true;
    }

    private static bool TryParseBandwidth(byte type, ReadOnlySpan<char> administrator, ReadOnlySpan<char> amount, out ExtendedCommunity community)
    {
        community = default;
        if (!BgpSharp.Asn.TryParse(administrator, out var asn)
            || !asn.IsTwoOctet
            || !float.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bytesPerSecond)
            || !float.IsFinite(bytesPerSecond))
        {
            return false;
        }

        community = LinkBandwidth(asn, bytesPerSecond, isTransitive: type == TwoOctetAs);
        return true;
    }

    private static bool TryParseOpaque(ReadOnlySpan<char> kind, ReadOnlySpan<char> digits, out ExtendedCommunity community)
    {
        community = default;
        if (digits.Length != 12
            || !byte.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var subtype)
            || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var payload))
        {
            return false;
        }

        community = Opaque(subtype, payload);
        return true;
    }
}
