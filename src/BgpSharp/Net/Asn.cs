using System.Globalization;

namespace BgpSharp;

/// <summary>
/// An autonomous system number, four octets wide (RFC 6793). Written in asplain (<c>65536</c>); asdot
/// (<c>1.0</c>, RFC 5396) is read too.
/// </summary>
/// <param name="Value">The number, 0 to 4294967295.</param>
public readonly record struct Asn(uint Value) : ISpanParsable<Asn>, IComparable<Asn>
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
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

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
