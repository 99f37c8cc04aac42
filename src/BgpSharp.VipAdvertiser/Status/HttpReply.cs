using System.Globalization;
using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>An answer, whole.</summary>
internal sealed record HttpReply(int Code, string ContentType, ReadOnlyMemory<byte> Body)
{
    public const string Json = "application/json", PlainText = "text/plain; charset=utf-8";

    /// <summary>What the browser may load and run; null: nothing is said.</summary>
    public string? ContentSecurityPolicy { get; init; }

    public static HttpReply Text(int code, string text) => new(code, PlainText, Encoding.UTF8.GetBytes(text));

    /// <summary>The octets to send. The connection is closed after each answer: there is nothing to keep for a client that is idle.</summary>
    public byte[] ToOctets(bool withBody)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Code} {Reason}\r\nContent-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n{(Code == 405 ? "Allow: GET, HEAD\r\n" : "")}{(ContentSecurityPolicy is { } policy ? $"Content-Security-Policy: {policy}\r\n" : "")}Connection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. withBody ? Body.Span : []];
    }

    private string Reason => Code switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        421 => "Misdirected Request",
        _ => "Service Unavailable",
    };
}
