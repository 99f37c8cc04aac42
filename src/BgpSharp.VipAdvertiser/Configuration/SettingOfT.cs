namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads a setting's text; false when it is not allowed.</summary>
internal delegate bool SettingParser<T>(string text, out T value);

/// <summary>A key and how its text becomes a value.</summary>
internal sealed class Setting<T>(string key, SettingParser<T> parse, string allowed, string? fallback, string meaning)
    : Setting(key, allowed, fallback, meaning)
{
    public SettingParser<T> Parse { get; } = parse;

    public override bool Accepts(string text) => Parse(text, out _);
}
