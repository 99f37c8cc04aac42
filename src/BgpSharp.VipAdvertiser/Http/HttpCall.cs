using System.Text;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>A request of HTTP/1.1: GET, or POST where it has a body.</summary>
internal sealed class HttpCall
{
    public required Uri Uri { get; init; }

    /// <summary>Beside those that say where it goes and how long it is.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The octets to send before the body.</summary>
    public byte[] Head()
    {
        var host = Uri.HostNameType == UriHostNameType.IPv6 ? $"[{Uri.IdnHost}]" : Uri.IdnHost;
        var port = Uri.IsDefaultPort ? string.Empty : FormattableString.Invariant($":{Uri.Port}");
        var head = new StringBuilder($"{(Body is null ? "GET" : "POST")} {Uri.PathAndQuery} HTTP/1.1\r\nHost: {host}{port}\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is { } body)
        {
            head.Append(FormattableString.Invariant($"Content-Length: {body.Length}\r\n"));
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }
}
