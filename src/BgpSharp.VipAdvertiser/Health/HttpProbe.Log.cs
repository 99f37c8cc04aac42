using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

internal sealed partial class HttpProbe
{
    [LoggerMessage(2074, LogLevel.Warning, "{Target} answers {Code}: it does not know us, which counts as alive, but its readiness is not known (give the check a client certificate or a token)")]
    private partial void LogDenied(string target, int code);
}
