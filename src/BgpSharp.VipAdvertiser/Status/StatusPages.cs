using System.Net;
using System.Text;
using System.Text.Json;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What is served over HTTP.</summary>
internal sealed class StatusPages
{
    private readonly IHostControl _host;
    private readonly LibraryMeter _meter;
    private readonly string _machine;
    private volatile StatusAccess _access;

    public StatusPages(AdvertiserOptions options, IHostControl host, LibraryMeter meter, string? machine = null)
    {
        (_host, _meter, _access, _machine) = (host, meter, options.StatusAccess, machine ?? Dns.GetHostName());
        host.Reconfigured += next => _access = next.StatusAccess;
    }

    public async Task<HttpReply> AnswerAsync(HttpRequest request, IPAddress client, CancellationToken cancellationToken)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return HttpReply.Text(405, "only GET and HEAD\n");
        }

        return request.Path switch
        {
            "/metrics" => new HttpReply(200, MetricsText.ContentType, Encoding.UTF8.GetBytes(HostMetrics.Make(_host.Status, _meter.Read(), ProcessFigures.Read()))),
            "/livez" or "/healthz" => await LiveAsync(cancellationToken),
            "/readyz" => Ready(_host.Status),
            "/status" => ForWhoMayAsk(request, client, static status => new HttpReply(200, HttpReply.Json, JsonSerializer.SerializeToUtf8Bytes(status, HostJson.Default.HostStatus))),
            "/" => ForWhoMayAsk(request, client, static status => StatusPage.Make(status, Environment.MachineName, Program.Version().Split('+')[0])),
            _ => HttpReply.Text(404, "not found: there are /metrics, /livez (or /healthz), /readyz and, from this machine, / and /status\n"),
        };
    }

    private async Task<HttpReply> LiveAsync(CancellationToken cancellationToken) => await _host.IsAliveAsync(cancellationToken)
        ? HttpReply.Text(200, "ok\n")
        : HttpReply.Text(503, "the host's loop does not answer\n");

    private static HttpReply Ready(HostStatus status) => status.NotReady is { Count: > 0 } reasons
        ? HttpReply.Text(503, string.Concat(reasons.Select(reason => StatusText.Clean(reason) + "\n")))
        : HttpReply.Text(200, "ready\n");

    /// <summary>It names peers and failures: for who is on the machine, and for no page from elsewhere in a browser there.</summary>
    private HttpReply ForWhoMayAsk(HttpRequest request, IPAddress client, Func<HostStatus, HttpReply> answer)
    {
        if (_access == StatusAccess.None || (_access == StatusAccess.Loopback && !IPAddress.IsLoopback(client)))
        {
            return HttpReply.Text(403, _access == StatusAccess.None ? "/ and /status are turned off\n" : "/ and /status are for clients on this machine, by its loopback address\n");
        }

        return request.Host is { } name && !OwnNames.Include(name, _machine)
            ? HttpReply.Text(421, $"/ and /status are served by this machine's address, as localhost and as {_machine}; not by another name, which a web page could have made lead here\n")
            : answer(_host.Status);
    }
}
