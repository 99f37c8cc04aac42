using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>
/// Calls over HTTP/1.1 on one connection that is kept. It is made anew when the TLS material has changed, and when asked for.
/// No more of HTTP than that: the framework's client costs a tenth of the program. For one call at a time.
/// </summary>
/// <param name="target">Where it connects to.</param>
/// <param name="tls">Trust and credentials, read before each call.</param>
/// <param name="trustsOwnNode">Without a CA any certificate does.</param>
internal sealed class HttpCaller(IHttpTarget target, TlsFiles tls, bool trustsOwnNode = false) : IDisposable
{
    private HttpConnection? _connection;
    private TlsMaterial? _material;
    private CertificateCheck? _certificates;

    public IPEndPoint? Answered => target.Answered;

    /// <summary>For messages: what is connected to in place of the URL's host; null when it is that.</summary>
    public string? Shown => target.Shown;

    /// <summary>What sockets, TLS and HTTP end with.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is OperationCanceledException or IOException or SocketException or AuthenticationException or CryptographicException;

    /// <summary>Reads the TLS material that the calls from now on go by.</summary>
    /// <param name="fresh">They begin with a new connection.</param>
    /// <exception cref="TlsFileException">A file that the configuration names was never usable.</exception>
    public TlsMaterial Prepare(bool fresh)
    {
        var material = tls.Read();
        if (fresh || !target.IsStillAllowed || (_material is not null && !_material.MakesSameConnection(material)))
        {
            Disconnect();
        }

        _material = material;
        return material;
    }

    /// <summary>After <see cref="Prepare"/>.</summary>
    /// <exception cref="IOException">No answer; also the other exceptions of sockets, TLS and HTTP.</exception>
    public async Task<HttpAnswer> CallAsync(HttpCall call, CancellationToken cancellationToken)
    {
        if (_connection is { } kept && kept.CanAsk(call.Uri))
        {
            try
            {
                return await kept.AskAsync(call, cancellationToken);
            }
            catch (IOException) when (!kept.IsAnswering && !cancellationToken.IsCancellationRequested)
            {
                // Its end was on the way when we asked: that says nothing of the service.
            }
        }

        Disconnect();
        _certificates = new CertificateCheck(_material!, trustsOwnNode);
        _connection = await HttpConnection.OpenAsync(call.Uri, target, _certificates.Options(), cancellationToken);
        return await _connection.AskAsync(call, cancellationToken);
    }

    public void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>What a failed call says. The innermost exception is the one that knows what happened.</summary>
    public HttpFailure Explain(Exception exception, TimeSpan timeout)
    {
        if (_certificates?.Problem is { } problem)
        {
            return new HttpFailure(problem) { IsDistrust = true };
        }

        var reason = exception;
        for (; reason.InnerException is { } inner; reason = inner)
        {
            if (reason is SocketException)
            {
                break;
            }
        }

        return reason switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } refused => new HttpFailure(refused.Message) { IsRefusal = true },
            OperationCanceledException or TimeoutException =>
                new HttpFailure(string.Create(CultureInfo.InvariantCulture, $"no connection within {timeout.TotalSeconds} s")),
            AuthenticationException => new HttpFailure($"no TLS connection: {reason.Message}"),
            _ => new HttpFailure(reason.Message),
        };
    }

    public void Dispose() => Disconnect();
}
