using System.Globalization;
using System.Numerics;

namespace BgpSharp;

/// <summary>
/// An autonomous system number, four octets wide (RFC 6793). Written in asplain (<c>65536</c>) or, if
/// asked to, in asdot (<c>1.0</c>, RFC 5396); both are read.
/// </summary>
/// <param name="Value">The number, 0 to 4294967295.</param>
public readonly record struct Asn(uint Value) : ISpanParsable<Asn>, ISpanFormattable, IUtf8SpanFormattable, IComparable<Asn>, IText
{
    /// <summary>AS_TRANS, which stands for a four-octet number towards a two-octet speaker (RFC 6793 §9).</summary>
    public static readonly Asn Trans = new(23456);

    /// <summary>Whether the number fits the two-octet fields of RFC 4271.</summary>
    public bool IsTwoOctet => Value <= ushort.MaxValue;

    /// <summary>Makes an AS number from its value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Asn(uint value) => new(value);

    /// <summary>Reads asplain (<c>65000</c>) or asdot (<c>1.10</c>).</summary>
    /// <param name="text">The text, without blanks.</param>
    /// <returns>The AS number.</returns>
    /// <exception cref="FormatException">The text is neither form.</exception>
    public static Asn Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var asn)
            ? asn
            : throw new FormatException($"'{text}' is not an AS number: 0 to 4294967295, or asdot as in 1.10.");
    }

    /// <summary>Reads asplain or asdot without throwing.</summary>
    /// <param name="text">The text, without blanks.</param>
    /// <param name="asn">The AS number, when the result is true.</param>
    /// <returns>Whether the text was an AS number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Asn asn)
    {
        asn = default;
        var dot = text.IndexOf('.');
        if (dot < 0)
        {
            if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
            {
                return false;
            }

            asn = new Asn(plain);
            return true;
        }

        if (!ushort.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            || !ushort.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        asn = new Asn(((uint)high << 16) | low);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Asn other) => Value.CompareTo(other.Value);

    /// <summary>The number in asplain.</summary>
    /// <returns>For example <c>65000</c>.</returns>
    public override string ToString() => TextForm.ToString(this);

    /// <summary>The number in a notation of RFC 5396.</summary>
    /// <param name="format"><c>asplain</c>; <c>asdot</c>: dotted from 65536 on; <c>asdot+</c>: always dotted.</param>
    /// <returns>For example <c>1.10</c>.</returns>
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

    void IText.WriteText<TChar>(ref TextBuffer<TChar> text, ReadOnlySpan<char> format) => WriteText(ref text, DottedFrom(format));

    /// <summary>From which number on a format is dotted; null: never.</summary>
    internal static uint? DottedFrom(ReadOnlySpan<char> format) => format switch
    {
        "" or "asplain" => null,
        "asdot" => ushort.MaxValue + 1u,
        "asdot+" => 0,
        _ => throw new FormatException($"'{format}' is not a notation of AS numbers: asplain, asdot or asdot+."),
    };

    internal void WriteText<TChar>(ref TextBuffer<TChar> text, uint? dottedFrom)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        if (Value >= dottedFrom)
        {
            text.Append(Value >> 16);
            text.Append('.');
            text.Append(Value & ushort.MaxValue);
        }
        else
        {
            text.Append(Value);
        }
    }

    static Asn ISpanParsable<Asn>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<Asn>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Asn result) => TryParse(s, out result);

    static Asn IParsable<Asn>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Asn>.TryParse(string? s, IFormatProvider? provider, out Asn result) => TryParse(s, out result);

    /// <summary>Whether the left number is smaller.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Asn left, Asn right) => left.Value < right.Value;

    /// <summary>Whether the left number is greater.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Asn left, Asn right) => left.Value > right.Value;

    /// <summary>Whether the left number is smaller or the same.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Asn left, Asn right) => left.Value <= right.Value;

    /// <summary>Whether the left number is greater or the same.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Asn left, Asn right) => left.Value >= right.Value;
}
