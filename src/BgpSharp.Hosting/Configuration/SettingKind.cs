using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Hosting.Configuration;

/// <summary>Reads a setting's text; false when it is not allowed.</summary>
internal delegate bool SettingParser<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>A kind of value: how it is read, and what is allowed.</summary>
internal sealed class SettingKind<T>(SettingParser<T> parse, string allowed)
{
    public SettingParser<T> Parse { get; } = parse;

    public string Allowed { get; } = allowed;
}
