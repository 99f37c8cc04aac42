using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads settings from the sources and collects every problem, one line each.</summary>
internal sealed class SettingReader(ConfigurationSources sources, List<string> problems)
{
    /// <summary>
    /// The value of a setting, or of its default when the key is absent or empty. After a problem the result means
    /// nothing: the caller has to look at the problems before it uses any value.
    /// </summary>
    public T Read<T>(Setting<T> setting, int index = 0)
    {
        var key = setting.At(index);
        var text = IsGiven(setting, index) ? sources.Root[key]! : setting.Fallback;
        if (text is null)
        {
            problems.Add($"{key} is missing: it has to be {setting.Allowed}");
        }
        else if (text.Length > 0)
        {
            if (setting.Parse(text, out var value))
            {
                return value;
            }

            Refuse(key, setting.IsSecret ? "***" : text, $"it has to be {setting.Allowed}");
        }

        return default!;
    }

    public bool IsGiven(Setting setting, int index = 0) => !string.IsNullOrEmpty(sources.Root[setting.At(index)]);

    /// <summary>Adds the problem that a key's value cannot be used.</summary>
    public void Refuse(string key, string value, string why) =>
        problems.Add($"{key} is '{value}' ({sources.Describe(key)}): {why}");

    /// <summary>The positions that a list has, lowest first: sources may fill different ones.</summary>
    public IReadOnlyList<int> Positions(string list) =>
        [.. sources.Root.GetSection(list).GetChildren().Where(c => IsPosition(c.Key)).Select(c => int.Parse(c.Key, CultureInfo.InvariantCulture)).Order()];

    /// <summary>Adds a problem for each key that no setting has; its value may be a misplaced secret and is not shown.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var (key, value) in sources.Root.AsEnumerable())
        {
            var known = string.Join(':', key.Split(':').Select(part => IsPosition(part) ? "N" : part));
            if (!Settings.All.Any(s => s.Key.Equals(known, StringComparison.OrdinalIgnoreCase))
                && !(string.IsNullOrEmpty(value) && (IsSection(known) || sources.Root.GetSection(key).GetChildren().Any())))
            {
                problems.Add($"{key} ({sources.Describe(key)}) is not a setting: --help lists them");
            }
        }
    }

    private static bool IsSection(string key) =>
        Settings.All.Any(s => s.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));

    private static bool IsPosition(string part) =>
        ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && part == position.ToString(CultureInfo.InvariantCulture);
}
