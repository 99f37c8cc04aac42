using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// GET over HTTP/1.1, on one connection that is kept. It is made anew when the last check failed, when the TLS material
/// has changed, and when asked for.
/// </summary>
internal sealed partial class HttpProbe(HttpCheck check, IProbeTarget target, TlsFiles tls, TimeProvider time, ILogger<HttpProbe> logger) : IHealthProbe
{
    private readonly byte[] _body = new byte[ResponseBody.BufferLength];
    private HttpClient? _client;
    private TlsMaterial? _material;
    private CertificateCheck? _certificates;
    private bool _deniedIsSaid;

    public IPEndPoint? Answered => target.Answered;

    private string Name => check.Name(target.Shown);

    public async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(check.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var result = await AskAsync(fresh, either.Token, cancellationToken);
        if (!result.IsSuccess)
        {
            Disconnect();
        }

        return result;
    }

    public void Dispose() => Disconnect();

    private async Task<ProbeResult> AskAsync(bool fresh, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            var client = Connect(tls.Read(), fresh);
            using var request = new HttpRequestMessage(HttpMethod.Get, check.Uri);
            if (_material!.Token is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            request.Headers.Host = _material.ServerName; // What the handler takes for the certificate's name.
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited);
            var body = await ResponseBody.DrainAsync(response, _body, limited);
            return Judge((int)response.StatusCode, body);
        }
        catch (TlsFileException e)
        {
            return Fail(ProbeOutcome.Distrusted, e.Message);
        }
        catch (Exception e) when (limited.IsCancellationRequested && e is (OperationCanceledException or IOException or HttpRequestException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fail(ProbeOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"no answer within {check.Timeout.TotalSeconds} s"));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            return Explain(e);
        }
    }

    private HttpClient Connect(TlsMaterial material, bool fresh)
    {
        if (fresh || !target.IsStillAllowed || (_material is not null && !_material.MakesSameConnection(material)))
        {
            Disconnect();
        }

        _material = material;
        return _client ??= Make(material);
    }

    private HttpClient Make(TlsMaterial material)
    {
        _certificates = new CertificateCheck(material, check.TrustsOwnNode);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = check.FollowRedirects,
            MaxAutomaticRedirections = 10,
            MaxConnectionsPerServer = 1,
            ActivityHeadersPropagator = null,

            // What hangs goes on without the check that began it.
            ConnectTimeout = check.Timeout,
            SslOptions = _certificates.Options(),
            ConnectCallback = async (context, cancellationToken) =>
                new NetworkStream(await target.ConnectAsync(context.DnsEndPoint, cancellationToken), ownsSocket: true),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private void Disconnect()
    {
        _client?.Dispose();
        _client = null;
    }

    private ProbeResult Judge(int code, string failedChecks)
    {
        if (check.Expects(code))
        {
            return new ProbeResult(ProbeOutcome.Success, null, Name);
        }

        if (check.DeniedIsAlive && code is ((int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden))
        {
            if (!_deniedIsSaid)
            {
                _deniedIsSaid = true;
                LogDenied(Name, code);
            }

            return new ProbeResult(ProbeOutcome.Success, null, Name);
        }

        return Fail(ProbeOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"HTTP status {code}{failedChecks}"));
    }

    /// <summary>The innermost exception is the one that says what happened.</summary>
    private ProbeResult Explain(Exception exception)
    {
        if (_certificates?.Problem is { } problem)
        {
            return Fail(ProbeOutcome.Distrusted, problem);
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
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } refused => Fail(ProbeOutcome.Refused, refused.Message),
            OperationCanceledException or TimeoutException =>
                Fail(ProbeOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"no connection within {check.Timeout.TotalSeconds} s")),
            AuthenticationException => Fail(ProbeOutcome.Failed, $"no TLS connection: {reason.Message}"),
            _ => Fail(ProbeOutcome.Failed, reason.Message),
        };
    }

    private ProbeResult Fail(ProbeOutcome outcome, string reason) => new(outcome, $"{Name}: {reason}", Name);
}
