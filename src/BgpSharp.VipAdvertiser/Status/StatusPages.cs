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
    private volatile StatusAccess _access;

    public StatusPages(AdvertiserOptions options, IHostControl host, LibraryMeter meter)
    {
        (_host, _meter, _access) = (host, meter, options.StatusAccess);
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
            "/status" => ForWhoMayAsk(client, static status => new HttpReply(200, HttpReply.Json, JsonSerializer.SerializeToUtf8Bytes(status, HostJson.Default.HostStatus))),
            "/" => ForWhoMayAsk(client, static status => StatusPage.Make(status, Environment.MachineName, Program.Version().Split('+')[0])),
            _ => HttpReply.Text(404, "not found: there are /metrics, /livez (or /healthz), /readyz and, from this machine, / and /status\n"),
        };
    }

    private async Task<HttpReply> LiveAsync(CancellationToken cancellationToken) => await _host.IsAliveAsync(cancellationToken)
        ? HttpReply.Text(200, "ok\n")
        : HttpReply.Text(503, "the host's loop does not answer\n");

    private static HttpReply Ready(HostStatus status) => status.NotReady is { Count: > 0 } reasons
        ? HttpReply.Text(503, string.Concat(reasons.Select(reason => StatusText.Clean(reason) + "\n")))
        : HttpReply.Text(200, "ready\n");

    /// <summary>It names peers and failures: for who is on the machine.</summary>
    private HttpReply ForWhoMayAsk(IPAddress client, Func<HostStatus, HttpReply> answer) => _access == StatusAccess.All || (_access == StatusAccess.Loopback && IPAddress.IsLoopback(client))
        ? answer(_host.Status)
        : HttpReply.Text(403, _access == StatusAccess.None ? "/ and /status are turned off\n" : "/ and /status are for clients on this machine, by its loopback address\n");
}
