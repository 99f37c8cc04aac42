using System.Globalization;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>The part of an answer's head that matters here (RFC 9112).</summary>
internal sealed class HttpHead
{
    private HttpHead(int code)
    {
        Code = code;
    }

    public int Code { get; }

    /// <summary>Another answer to the same request follows.</summary>
    public bool IsInterim => Code is >= 100 and < 200 and not 101;

    public string? Location { get; private set; }

    public string? RetryAfter { get; private set; }

    /// <summary>The body comes in chunks.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>Octets of the body; null: it is in chunks, or goes on until the connection ends.</summary>
    public long? Length { get; private set; }

    /// <summary>Whether the connection stays for another request.</summary>
    public bool KeepsConnection { get; private set; }

    /// <param name="lines">Without their ends, the status line first.</param>
    /// <exception cref="HttpAnswerException">They are no such head.</exception>
    public static HttpHead Parse(IReadOnlyList<string> lines)
    {
        var status = lines.Count == 0 ? string.Empty : lines[0];
        if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 12 || status[8] != ' ' || status.Length > 12 && status[12] != ' '
            || !int.TryParse(status.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new HttpAnswerException("The response is not HTTP/1.1");
        }

        var head = new HttpHead(code) { KeepsConnection = status[7] != '0' };
        for (var i = 1; i < lines.Count; i++)
        {
            head.Add(lines[i]);
        }

        head.Delimit();
        return head;
    }

    private void Add(string line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0)
        {
            throw new HttpAnswerException("The response has a header without a name");
        }

        var value = line.AsSpan(colon + 1).Trim();
        switch (line[..colon].ToLowerInvariant())
        {
            case "content-length":
                Length = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && (Length ?? length) == length
                    ? length
                    : throw new HttpAnswerException("The response has no valid Content-Length");
                break;
            case "transfer-encoding":
                IsChunked = value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase);
                KeepsConnection &= IsChunked;
                break;
            case "connection":
                KeepsConnection &= !value.Contains("close", StringComparison.OrdinalIgnoreCase);
                break;
            case "location":
                Location = value.ToString();
                break;
            case "retry-after":
                RetryAfter = value.ToString();
                break;
        }
    }

    /// <summary>What says the length (RFC 9112 §6.3).</summary>
    private void Delimit()
    {
        if (Code is (>= 100 and < 200) or 204 or 304)
        {
            (Length, IsChunked) = (0, false);
        }
        else if (IsChunked)
        {
            Length = null;
        }

        KeepsConnection &= Code != 101 && (IsChunked || Length is not null);
    }
}
