using System.Globalization;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>Every key that has a value, given or by default, and where it is from. Secrets are masked.</summary>
internal static class EffectiveConfiguration
{
    public static IEnumerable<string> Describe(ConfigurationSources sources)
    {
        var rows = Settings.All.SelectMany(setting => Keys(setting, sources)
            .Select(key => (Key: key, Value: Show(setting, key, sources), Source: sources.Text(key) is null && !IsTurnedOff(setting, key, sources) ? "default" : sources.Describe(key))))
            .Where(row => row.Value.Length > 0)
            .ToList();
        var (keys, values) = (rows.Max(row => row.Key.Length), rows.Max(row => row.Value.Length));
        return rows.Select(row => $"  {row.Key.PadRight(keys)}  {row.Value.PadRight(values)}  ({row.Source})");
    }

    private static IEnumerable<string> Keys(Setting setting, ConfigurationSources sources)
    {
        var position = setting.Key.IndexOf(":N", StringComparison.Ordinal);
        if (position < 0)
        {
            return [setting.Key];
        }

        var list = setting.Key[..(position + 1)];
        return sources.Values.Keys
            .Where(key => key.StartsWith(list, StringComparison.OrdinalIgnoreCase))
            .Select(key => int.Parse(key[list.Length..].Split(':')[0], CultureInfo.InvariantCulture))
            .Distinct()
            .Order()
            .Select(setting.At);
    }

    private static string Show(Setting setting, string key, ConfigurationSources sources) => sources.Text(key) switch
    {
        null => IsTurnedOff(setting, key, sources) ? "none" : setting.Fallback ?? string.Empty,
        var text => Masked.Of(setting, text),
    };

    private static bool IsTurnedOff(Setting setting, string key, ConfigurationSources sources) => setting.EmptyIsNone && sources.Values.ContainsKey(key);
}
