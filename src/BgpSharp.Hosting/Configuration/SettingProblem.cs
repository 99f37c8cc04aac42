namespace BgpSharp.Hosting.Configuration;

/// <summary>What is wrong with the value of a key.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Text">The value and what is allowed, as it goes on behind the key.</param>
internal readonly record struct SettingProblem(string Key, string Text)
{
    /// <summary>The option that the key is about, which for a value in a list is the list.</summary>
    public string Option => Key.Split(':').Last(part => !part.All(char.IsAsciiDigit));

    public override string ToString() => $"{Key} {Text}";
}
