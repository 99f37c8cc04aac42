using System.Globalization;
using System.Net;
using BgpSharp.VipAdvertiser.Http;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>GET on one connection that is kept; it is made anew when the last check failed, and when asked for.</summary>
internal sealed partial class HttpProbe(HttpCheck check, HttpCaller caller, TimeProvider time, ILogger<HttpProbe> logger) : IHealthProbe
{
    private const int MostRedirects = 10;

    private bool _deniedIsSaid;

    public IPEndPoint? Answered => caller.Answered;

    private string Name => check.Name(caller.Shown);

    public async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(check.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var result = await ProbeAsync(fresh, either.Token, cancellationToken);
        if (!result.IsSuccess)
        {
            caller.Disconnect();
        }

        return result;
    }

    public void Dispose() => caller.Dispose();

    private async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(await GetAsync(caller.Prepare(fresh).Token, limited));
        }
        catch (TlsFileException e)
        {
            return Fail(ProbeOutcome.Distrusted, e.Message);
        }
        catch (Exception e) when (limited.IsCancellationRequested && HttpCaller.IsFailure(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fail(ProbeOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"no answer within {check.Timeout.TotalSeconds} s"));
        }
        catch (Exception e) when (HttpCaller.IsFailure(e))
        {
            var failure = caller.Explain(e, check.Timeout);
            return Fail(failure.IsDistrust ? ProbeOutcome.Distrusted : failure.IsRefusal ? ProbeOutcome.Refused : ProbeOutcome.Failed, failure.Reason);
        }
    }

    private async Task<HttpAnswer> GetAsync(string? token, CancellationToken cancellationToken)
    {
        var uri = check.Uri;
        var answer = await caller.CallAsync(new HttpCall { Uri = uri, Headers = token is null ? [] : [("Authorization", $"Bearer {token}")] }, cancellationToken);
        for (var redirects = 0; check.FollowRedirects && redirects < MostRedirects && answer.RedirectFrom(uri) is { } next; redirects++)
        {
            uri = next;
            answer = await caller.CallAsync(new HttpCall { Uri = uri }, cancellationToken); // The token is for whom it was given for.
        }

        return answer;
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

    private ProbeResult Fail(ProbeOutcome outcome, string reason) => new(outcome, $"{Name}: {reason}", Name);
}
