using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The part of an HTTP/1.x request's head that matters here.</summary>
internal sealed record HttpRequest(string Method, string Path)
{
    /// <summary>Whom the client believes to ask, and perhaps the port; null: it did not say, which every browser does.</summary>
    public string? Host { get; init; }

    /// <summary>Null: it is not HTTP/1.x, or names more than one host (RFC 9112 §3.2).</summary>
    public static HttpRequest? Parse(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        var line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
        var afterMethod = line.IndexOf((byte)' ');
        var beforeVersion = line.LastIndexOf((byte)' ');
        if (afterMethod <= 0
            || beforeVersion <= afterMethod + 1
            || !line[(beforeVersion + 1)..].StartsWith("HTTP/1."u8)
            || line[(afterMethod + 1)..beforeVersion] is not [(byte)'/', ..] target
            || target.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e))
        {
            return null;
        }

        var query = target.IndexOf((byte)'?');
        return TryReadHost(end < 0 ? [] : head[(end + 1)..], out var host)
            ? new HttpRequest(Encoding.Latin1.GetString(line[..afterMethod]), Encoding.Latin1.GetString(query < 0 ? target : target[..query])) { Host = host }
            : null;
    }

    private static bool TryReadHost(ReadOnlySpan<byte> fields, out string? host)
    {
        host = null;
        foreach (var range in fields.Split((byte)'\n'))
        {
            var field = fields[range];
            var colon = field.IndexOf((byte)':');
            if (colon < 0 || !Ascii.EqualsIgnoreCase(field[..colon], "Host"u8))
            {
                continue;
            }

            if (host is not null)
            {
                return false;
            }

            host = Encoding.Latin1.GetString(field[(colon + 1)..].Trim(" \t\r"u8));
        }

        return true;
    }
}
