using System.Buffers;
using System.Numerics;

namespace BgpSharp;

/// <summary>What every <see cref="IText"/> does with its text.</summary>
internal static class TextForm
{
    public static string ToString<T>(in T value, ReadOnlySpan<char> format = default)
        where T : IText
    {
        Span<char> little = stackalloc char[128];
        if (TryFormat(value, little, out var written, format))
        {
            return new string(little[..written]);
        }

        for (var size = 1024; ; size *= 4)
        {
            var much = ArrayPool<char>.Shared.Rent(size);
            var fits = TryFormat(value, much.AsSpan(), out written, format);
            var text = fits ? new string(much, 0, written) : null;
            ArrayPool<char>.Shared.Return(much);
            if (text is not null)
            {
                return text;
            }
        }
    }

    public static bool TryFormat<T, TChar>(in T value, Span<TChar> destination, out int written, ReadOnlySpan<char> format)
        where T : IText
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        var text = new TextBuffer<TChar>(destination);
        value.WriteText(ref text, format);
        written = text.IsOverflown ? 0 : text.Written;
        return !text.IsOverflown;
    }

    /// <summary>For a value that has one form only.</summary>
    public static void RequireNoFormat(ReadOnlySpan<char> format)
    {
        if (!format.IsEmpty)
        {
            throw new FormatException($"'{format}' is not a format of this type; it has one form only.");
        }
    }

    public static FormatException NotA(string what, ReadOnlySpan<char> text) => new($"'{text}' is not {what}.");
}
