using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace BgpSharp.Hosting.Configuration;

/// <summary>
/// Reads the keys of a section, whose values are texts, and collects what cannot be read. A key without a value is absent.
/// After a problem the result means nothing.
/// </summary>
internal sealed class SectionReader(IConfiguration section, string path, List<SettingProblem> problems)
{
    private static readonly char[] ListSeparators = [' ', ','];

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public bool TryRead<T>(string key, SettingKind<T> kind, [MaybeNullWhen(false)] out T value)
    {
        _known.Add(key);
        value = default;
        if (section.GetSection(key).GetChildren().Any())
        {
            Refuse(key, $"has keys below it; allowed: {kind.Allowed}.");
            return false;
        }

        return section[key] is { Length: > 0 } text && TryParse(key, text, kind, out value);
    }

    public T Read<T>(string key, SettingKind<T> kind, T fallback) => TryRead(key, kind, out var value) ? value : fallback;

    public T? ReadOptional<T>(string key, SettingKind<T> kind)
        where T : struct => TryRead(key, kind, out var value) ? value : null;

    /// <summary>A value that has to be there.</summary>
    public T ReadRequired<T>(string key, SettingKind<T> kind, T placeholder)
    {
        var before = problems.Count;
        var value = Read(key, kind, placeholder);
        if (section[key] is not { Length: > 0 } && problems.Count == before)
        {
            Refuse(key, $"is missing; allowed: {kind.Allowed}.");
        }

        return value;
    }

    /// <summary>A list, or one text with blanks or commas between the values; null when there is neither.</summary>
    public IReadOnlyList<T>? ReadList<T>(string key, SettingKind<T> kind)
    {
        _known.Add(key);
        List<T> values = [];
        var isThere = false;
        foreach (var text in (section[key] ?? "").Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            isThere = true;
            Add(key, text);
        }

        foreach (var child in section.GetSection(key).GetChildren())
        {
            isThere = true;
            var item = ConfigurationPath.Combine(key, child.Key);
            if (child.GetChildren().Any())
            {
                Refuse(item, $"has keys below it; allowed: {kind.Allowed}.");
            }
            else
            {
                Add(item, child.Value ?? "");
            }
        }

        return isThere ? values : null;

        void Add(string at, string text)
        {
            if (TryParse(at, text, kind, out var value))
            {
                values.Add(value);
            }
        }
    }

    /// <summary>The sections of a list or of a table with names.</summary>
    public IEnumerable<(string Name, SectionReader Reader)> ReadSections(string key)
    {
        _known.Add(key);
        if (section[key] is { Length: > 0 })
        {
            Refuse(key, "is one value; allowed: a section for each.");
        }

        foreach (var child in section.GetSection(key).GetChildren())
        {
            if (ReadSection(child, ConfigurationPath.Combine(key, child.Key)) is { } reader)
            {
                yield return (child.Key, reader);
            }
        }
    }

    /// <summary>A section; null when it is absent.</summary>
    public SectionReader? ReadSection(string key)
    {
        _known.Add(key);
        return ReadSection(section.GetSection(key), key);
    }

    public bool IsGiven(string key) => section[key] is { Length: > 0 };

    public void Refuse(string key, string text) => problems.Add(new(path.Length == 0 ? key : ConfigurationPath.Combine(path, key), text));

    /// <summary>Refuses the keys that were not read. A value may be a secret that went astray and is not shown.</summary>
    public void RefuseUnknown()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key)))
        {
            Refuse(child.Key, $"is not a setting; allowed: {string.Join(", ", _known)}.");
        }
    }

    private SectionReader? ReadSection(IConfigurationSection child, string key)
    {
        if (child.Value is { Length: > 0 })
        {
            Refuse(key, "is one value; allowed: a section.");
            return null;
        }

        return child.GetChildren().Any() ? new SectionReader(child, path.Length == 0 ? key : ConfigurationPath.Combine(path, key), problems) : null;
    }

    private bool TryParse<T>(string key, string text, SettingKind<T> kind, [MaybeNullWhen(false)] out T value)
    {
        if (kind.Parse(text, out value))
        {
            return true;
        }

        Refuse(key, $"is '{text}'; allowed: {kind.Allowed}.");
        return false;
    }
}
