using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>A connection to the server of a URL, on which it is asked over HTTP/1.1, a request at a time.</summary>
internal sealed class HttpConnection : IDisposable
{
    /// <summary>
    /// Most answers to a GET come within a millisecond: waiting for them costs less than to be woken by another thread. A check
    /// that takes longer than this is none of the many.
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
    public static async Task<HttpConnection> OpenAsync(Uri server, IHttpTarget target, SslClientAuthenticationOptions tls, CancellationToken cancellationToken)
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
    public async Task<HttpAnswer> AskAsync(HttpCall call, CancellationToken cancellationToken)
    {
        _reader.Begin();
        _isKept = false;
        await _stream.WriteAsync(call.Head(), cancellationToken);
        if (call.Body is { } body)
        {
            await _stream.WriteAsync(body, cancellationToken);
        }
        else
        {
            _socket.Poll(Soon, SelectMode.SelectRead);
        }

        HttpHead head;
        do
        {
            head = HttpHead.Parse(await ReadHeadAsync(cancellationToken));
        }
        while (head.IsInterim);

        var response = new ResponseBody(_reader);
        _isKept = await response.ReadAsync(head, cancellationToken) && head.KeepsConnection;
        return new HttpAnswer(head.Code, head.Location, response.Beginning) { RetryAfter = head.RetryAfter };
    }

    public void Dispose() => _stream.Dispose();

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
