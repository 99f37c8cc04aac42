namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Values as they may be shown.</summary>
internal static class Masked
{
    /// <summary>In place of a secret.</summary>
    public const string Text = "***";

    public static string Of(Setting setting, string value) => setting.IsSecret ? Text : Url(value);

    /// <summary>
    /// A URL without its query, which may hold a token, and without the name and the password in it: none is allowed to have them, and
    /// what is refused is shown.
    /// </summary>
    public static string Url(string value)
    {
        var begin = value.IndexOf("://", StringComparison.Ordinal) + 3;
        if (begin < 3)
        {
            return value;
        }

        var name = value.LastIndexOf('@');
        var shown = name < begin ? value : $"{value[..begin]}{Text}{value[name..]}";
        var query = shown.IndexOf('?', begin);
        return query < 0 ? shown : $"{shown[..(query + 1)]}{Text}";
    }
}
