using System.Globalization;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads settings from the sources and collects every problem, one line each.</summary>
/// <param name="sources">The values.</param>
/// <param name="problems">What is wrong with them.</param>
internal sealed class SettingReader(ConfigurationSources sources, List<string> problems)
{
    /// <summary>What is missing may be so because of a problem that is known already.</summary>
    private readonly bool _missingIsKnown = sources.KubeVip is { Problems.Count: > 0 };

    public List<string> Remarks { get; } = [];

    /// <summary>
    /// The value of a setting, or of its default when the key is absent or empty. After a problem the result means
    /// nothing: the caller has to look at the problems before it uses any value.
    /// </summary>
    public T Read<T>(Setting<T> setting, int index = 0)
    {
        var key = setting.At(index);
        if (setting.EmptyIsNone && sources.Values.TryGetValue(key, out var given) && string.IsNullOrEmpty(given.Text))
        {
            return default!;
        }

        var text = sources.Text(key) ?? setting.Fallback;
        if (text is null)
        {
            Miss($"{key} is missing: it has to be {setting.Allowed}");
        }
        else if (text.Length > 0)
        {
            if (setting.Parse(text, out var value))
            {
                return value;
            }

            Refuse(key, Masked.Of(setting, text), $"it has to be {setting.Allowed}");
        }

        return default!;
    }

    public bool IsGiven(Setting setting, int index = 0) => sources.Text(setting.At(index)) is not null;

    /// <summary>Adds the problem that a value which has to be there is not.</summary>
    public void Miss(string problem)
    {
        if (!_missingIsKnown)
        {
            problems.Add(problem);
        }
    }

    /// <summary>Adds the problem that a key's value cannot be used.</summary>
    public void Refuse(string key, string value, string why) =>
        problems.Add($"{key} is '{value}' ({sources.Describe(key)}): {why}");

    /// <summary>Adds the problem that keys are given of which each excludes the others.</summary>
    public void RefuseTogether(IReadOnlyList<Setting> settings, int index = 0)
    {
        string[] given = [.. settings.Where(setting => IsGiven(setting, index)).Select(setting => setting.At(index))];
        if (given.Length > 1)
        {
            problems.Add($"{string.Join(" and ", given)} are {(given.Length == 2 ? "both" : "all")} given: only one may be");
        }
    }

    /// <summary>Adds the problem that one of two keys is given which are only good together.</summary>
    public void RefuseOneWithoutOther(Setting one, Setting other)
    {
        if (IsGiven(one) != IsGiven(other))
        {
            var (given, missing) = IsGiven(one) ? (one, other) : (other, one);
            problems.Add($"{missing.Key} is missing: it belongs to {given.Key}");
        }
    }

    /// <summary>The positions that a list has, lowest first: sources may fill different ones.</summary>
    public IReadOnlyList<int> Positions(string list) =>
    [
        .. sources.Values.Keys
            .Where(key => key.StartsWith(list + ":", StringComparison.OrdinalIgnoreCase) && Settings.Find(key) is not null)
            .Select(key => key[(list.Length + 1)..].Split(':')[0])
            .Where(IsPosition)
            .Select(part => int.Parse(part, CultureInfo.InvariantCulture))
            .Distinct()
            .Order(),
    ];

    /// <summary>Adds a problem for each key that no setting has; its value may be a misplaced secret and is not shown.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var (key, value) in sources.Values)
        {
            if (Settings.Find(key) is null && !(string.IsNullOrEmpty(value.Text) && Settings.IsSection(key)))
            {
                problems.Add($"{key} ({value.Source}) is not a setting: --help lists them");
            }
        }
    }

    /// <summary>Adds a remark for each of the settings that is given all the same.</summary>
    public void RemarkUseless(string why, params IReadOnlyList<Setting> settings)
    {
        foreach (var setting in settings.Where(setting => IsGiven(setting)))
        {
            Remarks.Add($"{setting.At(0)} ({sources.Describe(setting.At(0))}) has no effect: {why}");
        }
    }

    internal static bool IsPosition(string part) =>
        ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && part == position.ToString(CultureInfo.InvariantCulture);
}
