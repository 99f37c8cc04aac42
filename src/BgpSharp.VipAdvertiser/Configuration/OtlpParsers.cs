using BgpSharp.VipAdvertiser.Http;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>How the texts of the export's settings become values.</summary>
internal static class OtlpParsers
{
    public const string OneHeaderList = "Name=value, with commas between and what else is special in the value as %XX; not Host, Content-Type or another header of the transport";

    private const int LongestName = 255;

    /// <summary>RFC 9110 §5.6.2, beside letters and digits.</summary>
    private const string OfTokens = "!#$%&'*+-.^_`|~";

    /// <summary>What says where a request goes, what it carries and how long the connection lasts is not for the operator to say.</summary>
    private static readonly string[] OfTransport =
        ["Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent"];

    public static bool Endpoint(string text, out Uri? value)
    {
        value = null;
        return text == "none" || (HealthParsers.Url(text, out value) && value!.Query.Length == 0);
    }

    public static bool Headers(string text, out OtlpHeaders? value)
    {
        value = TryParseHeaders(text, out var headers) ? OtlpHeaders.Of(headers) : null;
        return value is not null;
    }

    public static bool HeadersFile(string text, out OtlpHeaders? value)
    {
        value = OtlpHeaders.FromFile(text);
        try
        {
            value.Read();
            return true;
        }
        catch (TlsFileException)
        {
            return false;
        }
    }

    public static bool TryParseHeaders(string text, out IReadOnlyList<(string Name, string Value)> headers)
    {
        headers = Pairs(text) ?? [];
        return headers.Count > 0
            && headers.All(header => header.Name.All(c => char.IsAsciiLetterOrDigit(c) || OfTokens.Contains(c, StringComparison.Ordinal)) && header.Value.All(c => c is >= ' ' and <= '~'))
            && !headers.Any(header => OfTransport.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            && headers.Select(header => header.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == headers.Count;
    }

    public static bool ServiceName(string text, out string? value)
    {
        value = text.Trim();
        return value.Length is > 0 and <= LongestName;
    }

    public static bool Attributes(string text, out IReadOnlyList<(string Name, string Value)>? value)
    {
        value = Pairs(text);
        return value is { Count: > 0 } && value.Select(attribute => attribute.Name).Distinct().Count() == value.Count;
    }

    /// <summary>As in the baggage of W3C, without properties; null for what is none. A line's end separates as a comma does.</summary>
    private static List<(string Name, string Value)>? Pairs(string text)
    {
        var pairs = new List<(string Name, string Value)>();
        foreach (var part in text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return null;
            }

            pairs.Add((part[..equals].TrimEnd(), Uri.UnescapeDataString(part[(equals + 1)..].TrimStart())));
        }

        return pairs;
    }
}
