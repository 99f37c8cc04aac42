using System.Globalization;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>How the texts of the health check's settings become values.</summary>
internal static class HealthParsers
{
    private const string Tcp = "tcp://";
    private const double MostJitter = 0.5;

    /// <summary>The apiserver without its port and path, which have settings of their own; null for none.</summary>
    public static bool Check(string text, out GateProbe? value)
    {
        value = null;
        if (text == "none")
        {
            return true;
        }

        if (text == "apiserver")
        {
            value = new GateProbe.Apiserver(0, string.Empty);
        }
        else if (text.StartsWith(Tcp, StringComparison.OrdinalIgnoreCase))
        {
            value = HostPort.TryParse(text[Tcp.Length..], out var target) ? new GateProbe.Tcp(target) : null;
        }
        else if (Url(text, out var url))
        {
            value = new GateProbe.Url(url!);
        }

        return value is not null;
    }

    public static bool Url(string text, out Uri? value) =>
        Uri.TryCreate(text, UriKind.Absolute, out value)
        && value.Scheme is "http" or "https" && value.Host.Length > 0 && value.UserInfo.Length == 0 && value.Fragment.Length == 0;

    public static bool UrlPath(string text, out string value)
    {
        value = text;
        return text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal)
            && Uri.IsWellFormedUriString(text, UriKind.Relative) && !text.Contains('#', StringComparison.Ordinal);
    }

    /// <summary>Codes and ranges of codes, with commas between.</summary>
    public static bool Codes(string text, out IReadOnlyList<(int From, int To)>? value)
    {
        var codes = new List<(int From, int To)>();
        value = codes;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !Code(ends[0], out var from) || !Code(ends[^1], out var to) || from > to)
            {
                return false;
            }

            codes.Add((from, to));
        }

        return true;
    }

    public static bool Jitter(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= MostJitter;

    /// <summary>A file that this process may read now.</summary>
    public static bool ReadableFile(string text, out string? value)
    {
        value = text;
        try
        {
            using var stream = File.OpenRead(text);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>A file that may come later, or none.</summary>
    public static bool Kubeconfig(string text, out string? value)
    {
        value = text == "none" ? null : text;
        return value is null || (Path.IsPathFullyQualified(text) && !text.Contains('\0', StringComparison.Ordinal));
    }

    private static bool Code(string text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
