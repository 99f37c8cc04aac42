namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Values as they may be shown.</summary>
internal static class Masked
{
    /// <summary>In place of a secret.</summary>
    public const string Text = "***";

    public static string Of(Setting setting, string value) => setting.IsSecret ? Text : UserInfo(value);

    /// <summary>A URL without the name and the password in it: none is allowed to have them, and what is refused is shown.</summary>
    public static string UserInfo(string value)
    {
        var end = value.LastIndexOf('@');
        var scheme = end < 0 ? -1 : value.IndexOf("://", 0, end, StringComparison.Ordinal);
        return scheme < 0 ? value : $"{value[..(scheme + 3)]}{Text}{value[end..]}";
    }
}
