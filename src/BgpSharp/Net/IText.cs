using System.Numerics;

namespace BgpSharp;

/// <summary>A value with a text form that is written once for UTF-16 and UTF-8.</summary>
internal interface IText
{
    /// <summary>Writes the text.</summary>
    /// <exception cref="FormatException">There is no such format.</exception>
    void WriteText<TChar>(ref TextBuffer<TChar> text, ReadOnlySpan<char> format)
        where TChar : unmanaged, IBinaryInteger<TChar>;
}
