using System.Globalization;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>kube-vip's variables as kube-vip reads them: the environment wins over the flag, and an empty value is none.</summary>
internal sealed class KubeVipVariables(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> flags, List<string> problems)
{
    /// <summary>Null when unset, and for what templates make of nothing.</summary>
    public string? Text(string name) => Raw(name) is { } text and not ("None" or "null") ? text : null;

    /// <summary>As it stands: a password may be any text.</summary>
    public string? Raw(string name) => (FromEnvironment(name) ?? FromFlag(name).Value) is { Length: > 0 } text ? text : null;

    /// <summary>The flag is there without a value.</summary>
    public bool IsEmptyFlag(string name) => FromFlag(name).Value is { Length: 0 };

    /// <summary>Where the value is from, in an operator's words.</summary>
    public string Source(string name) => FromEnvironment(name) is null && FromFlag(name).Flag is { } flag ? $"--{flag}" : $"the environment variable {name}";

    /// <summary>What Go takes for a boolean; anything else is a problem.</summary>
    public bool IsTrue(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (ParseBoolean(text) is { } value)
        {
            return value;
        }

        Refuse(name, text, "it has to be true or false (or 1, 0, t, f)");
        return false;
    }

    /// <summary>Null for what Go does not take for a boolean.</summary>
    public static bool? ParseBoolean(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => null,
    };

    /// <summary>A whole number within bounds; anything else is a problem, and null.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, text, $"it has to be a number from {least} to {most}");
        return null;
    }

    /// <summary>The text of a variable that a setting of ours takes as it is; anything else is a problem, and null.</summary>
    public string? Checked(string name, Setting setting)
    {
        if (Text(name) is not { } text || setting.Accepts(text))
        {
            return Text(name);
        }

        Refuse(name, text, $"it has to be {setting.Allowed}");
        return null;
    }

    public void Refuse(string name, string value, string why) => problems.Add($"{name} is '{Masked.Url(value)}' ({Source(name)}): {why}");

    private string? FromEnvironment(string name) => environment.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    private (string? Flag, string? Value) FromFlag(string name)
    {
        var flag = KubeVipFlag.Of(name).FirstOrDefault(flag => flags.ContainsKey(flag.Name));
        return flag is null ? (null, null) : (flag.Name, flags[flag.Name]);
    }
}
