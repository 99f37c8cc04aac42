using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

internal sealed partial class HttpServer
{
    [LoggerMessage(2105, LogLevel.Information, "Metrics and probes are served at http://{EndPoint} (/metrics, /livez, /readyz; for people /)")]
    private partial void LogListening(IPEndPoint endPoint);

    [LoggerMessage(2106, LogLevel.Warning, "Metrics and probes are not served at {EndPoint}: {Reason}. Trying again until it works; everything else goes on")]
    private partial void LogNotListening(IPEndPoint endPoint, string reason);

    [LoggerMessage(2107, LogLevel.Error, "An HTTP request failed for a reason that is a defect of this program")]
    private partial void LogDefect(Exception exception);
}
