namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>One documented configuration key.</summary>
/// <param name="key">The key in .NET's form, with <c>N</c> for the position in a list: <c>peers:N:address</c>.</param>
/// <param name="allowed">What the value may be, as it completes "has to be ...".</param>
/// <param name="fallback">The text taken when the key is absent or empty; <c>null</c> when it is required, empty when it has no value then.</param>
/// <param name="meaning">What the key is for.</param>
internal abstract class Setting(string key, string allowed, string? fallback, string meaning)
{
    public string Key { get; } = key;
    public string Allowed { get; } = allowed;
    public string? Fallback { get; } = fallback;
    public string Meaning { get; } = meaning;

    /// <summary>The value is shown nowhere.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The key given without a value turns off what has a default.</summary>
    public bool EmptyIsNone { get; init; }

    /// <summary>The key at a position of its list; the key itself when it is in none.</summary>
    public string At(int index)
    {
        var position = $":{index}";
        return Key.EndsWith(":N", StringComparison.Ordinal)
            ? Key[..^2] + position
            : Key.Replace(":N:", $"{position}:", StringComparison.Ordinal);
    }

    /// <summary>Whether the text is allowed.</summary>
    public abstract bool Accepts(string text);
}
