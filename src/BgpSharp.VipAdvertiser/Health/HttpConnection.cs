using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>A connection to the server of a URL, on which it is asked with GET over HTTP/1.1, a request at a time.</summary>
internal sealed class HttpConnection : IDisposable
{
    /// <summary>
    /// Most answers come within a millisecond: waiting for them costs less than to be woken by another thread. A check that
    /// takes longer than this is none of the many.
    /// </summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private readonly Uri _server;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly HttpReader _reader;
    private bool _isKept = true;

    private HttpConnection(Uri server, Socket socket, Stream stream)
    {
        _server = server;
        _socket = socket;
        _stream = stream;
        _reader = new HttpReader(stream);
    }

    /// <summary>Whether the server has begun to answer the last request.</summary>
    public bool IsAnswering => _reader.HasBegun;

    /// <exception cref="IOException">No connection; also the other exceptions of sockets and TLS.</exception>
    public static async Task<HttpConnection> OpenAsync(Uri server, IProbeTarget target, SslClientAuthenticationOptions tls, CancellationToken cancellationToken)
    {
        var socket = await target.ConnectAsync(new DnsEndPoint(server.IdnHost, server.Port), cancellationToken);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (server.Scheme == Uri.UriSchemeHttps)
            {
                tls.TargetHost ??= server.IdnHost;
                var secure = new SslStream(stream);
                stream = secure;
                await secure.AuthenticateAsClientAsync(tls, cancellationToken);
            }

            return new HttpConnection(server, socket, stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether it goes to the server of the URL, and neither its end has come nor anything unasked for.</summary>
    public bool CanAsk(Uri uri) =>
        _isKept && !_reader.HasMore && !_socket.Poll(0, SelectMode.SelectRead)
        && Uri.Compare(uri, _server, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <exception cref="IOException">No answer; <see cref="HttpAnswerException"/> when it makes no sense.</exception>
    public async Task<HttpAnswer> GetAsync(Uri uri, string? token, CancellationToken cancellationToken)
    {
        _reader.Begin();
        _isKept = false;
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(Request(uri, token)), cancellationToken);
        _socket.Poll(Soon, SelectMode.SelectRead);
        HttpHead head;
        do
        {
            head = HttpHead.Parse(await ReadHeadAsync(cancellationToken));
        }
        while (head.IsInterim);

        var body = new ResponseBody(_reader);
        _isKept = await body.ReadAsync(head, cancellationToken) && head.KeepsConnection;
        return new HttpAnswer(head.Code, head.Location, body.Beginning);
    }

    public void Dispose() => _stream.Dispose();

    private static string Request(Uri uri, string? token)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        var port = uri.IsDefaultPort ? string.Empty : FormattableString.Invariant($":{uri.Port}");
        var authorization = token is null ? string.Empty : $"Authorization: Bearer {token}\r\n";
        return $"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {host}{port}\r\n{authorization}\r\n";
    }

    private async ValueTask<List<string>> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await _reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                return lines;
            }

            if (lines.Count > 1 && line[0] is ' ' or '\t')
            {
                lines[^1] += line; // A folded one (RFC 9112 §5.2).
            }
            else
            {
                lines.Add(line);
            }
        }

        throw new HttpAnswerException("The response has too long a head");
    }
}
