using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The part of an HTTP/1.x request's head that matters here.</summary>
internal sealed record HttpRequest(string Method, string Path)
{
    /// <summary>Null: it is not HTTP/1.x.</summary>
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
        return new HttpRequest(Encoding.Latin1.GetString(line[..afterMethod]), Encoding.Latin1.GetString(query < 0 ? target : target[..query]));
    }
}
