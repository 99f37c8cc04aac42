using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// GET over HTTP/1.1, on one connection that is kept. It is made anew when the last check failed, when the TLS material
/// has changed, and when asked for. No more of HTTP than that: the framework's client costs a tenth of the program.
/// </summary>
internal sealed partial class HttpProbe(HttpCheck check, IProbeTarget target, TlsFiles tls, TimeProvider time, ILogger<HttpProbe> logger) : IHealthProbe
{
    private const int MostRedirects = 10;

    private HttpConnection? _connection;
    private TlsMaterial? _material;
    private CertificateCheck? _certificates;
    private bool _deniedIsSaid;

    public IPEndPoint? Answered => target.Answered;

    private string Name => check.Name(target.Shown);

    public async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(check.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var result = await ProbeAsync(fresh, either.Token, cancellationToken);
        if (!result.IsSuccess)
        {
            Disconnect();
        }

        return result;
    }

    public void Dispose() => Disconnect();

    private async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            var material = tls.Read();
            if (fresh || !target.IsStillAllowed || (_material is not null && !_material.MakesSameConnection(material)))
            {
                Disconnect();
            }

            _material = material;
            return Judge(await GetAsync(material, limited));
        }
        catch (TlsFileException e)
        {
            return Fail(ProbeOutcome.Distrusted, e.Message);
        }
        catch (Exception e) when (limited.IsCancellationRequested && IsFailure(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fail(ProbeOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"no answer within {check.Timeout.TotalSeconds} s"));
        }
        catch (Exception e) when (IsFailure(e))
        {
            return Explain(e);
        }
    }

    /// <summary>What sockets, TLS and HTTP end with.</summary>
    private static bool IsFailure(Exception exception) =>
        exception is OperationCanceledException or IOException or SocketException or AuthenticationException or CryptographicException;

    private async Task<HttpAnswer> GetAsync(TlsMaterial material, CancellationToken cancellationToken)
    {
        var uri = check.Uri;
        var answer = await GetAsync(uri, material, material.Token, cancellationToken);
        for (var redirects = 0; check.FollowRedirects && redirects < MostRedirects && answer.RedirectFrom(uri) is { } next; redirects++)
        {
            uri = next;
            answer = await GetAsync(uri, material, null, cancellationToken); // The token is for whom it was given for.
        }

        return answer;
    }

    private async Task<HttpAnswer> GetAsync(Uri uri, TlsMaterial material, string? token, CancellationToken cancellationToken)
    {
        if (_connection is { } kept && kept.CanAsk(uri))
        {
            try
            {
                return await kept.GetAsync(uri, token, cancellationToken);
            }
            catch (IOException) when (!kept.IsAnswering && !cancellationToken.IsCancellationRequested)
            {
                // Its end was on the way when we asked: that says nothing of the service.
            }
        }

        Disconnect();
        _certificates = new CertificateCheck(material, check.TrustsOwnNode);
        _connection = await HttpConnection.OpenAsync(uri, target, _certificates.Options(), cancellationToken);
        return await _connection.GetAsync(uri, token, cancellationToken);
    }

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private ProbeResult Judge(HttpAnswer answer)
    {
        var code = answer.Code;
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

        return Fail(ProbeOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"HTTP status {code}{ResponseBody.FailedChecks(answer.Body)}"));
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
