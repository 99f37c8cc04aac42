using System.Globalization;
using System.Numerics;

namespace BgpSharp;

/// <summary>Text of ASCII characters being written, as UTF-16 or as UTF-8.</summary>
/// <typeparam name="TChar"><see cref="char"/> or <see cref="byte"/>.</typeparam>
internal ref struct TextBuffer<TChar>
    where TChar : unmanaged, IBinaryInteger<TChar>
{
    private readonly Span<TChar> _destination;

    public TextBuffer(Span<TChar> destination) => _destination = destination;

    public int Written { get; private set; }

    /// <summary>Whether something did not fit; what was written is then of no use.</summary>
    public bool IsOverflown { get; private set; }

    public void Append(char character)
    {
        if (Written == _destination.Length)
        {
            IsOverflown = true;
            return;
        }

        _destination[Written++] = TChar.CreateTruncating(character);
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            Append(character);
        }
    }

    public void Append(uint number)
    {
        var digits = 1;
        for (var rest = number; rest >= 10; rest /= 10)
        {
            digits++;
        }

        if (digits > _destination.Length - Written)
        {
            IsOverflown = true;
            return;
        }

        for (var i = Written + digits - 1; i >= Written; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            _destination[i] = TChar.CreateTruncating('0' + digit);
        }

        Written += digits;
    }

    /// <summary>Lower-case hexadecimal without leading zeros.</summary>
    public void AppendHex(uint number)
    {
        Span<char> digits = stackalloc char[8];
        number.TryFormat(digits, out var count, "x", CultureInfo.InvariantCulture);
        Append(digits[..count]);
    }

    /// <summary>Lower-case hexadecimal, two digits an octet.</summary>
    public void AppendHex(scoped ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            Append(Digit(octet >> 4));
            Append(Digit(octet & 15));
        }

        static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
    }
}
