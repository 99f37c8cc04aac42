using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

internal sealed partial class ListenerWatch
{
    [LoggerMessage(2077, LogLevel.Debug, "The kernel tells when nobody listens on port {Port} any more")]
    private partial void LogListening(ushort port);

    [LoggerMessage(2078, LogLevel.Information, "The kernel does not tell when nobody listens on port {Port} any more ({Reason}): a connection is held instead")]
    private partial void LogHolding(ushort port, string reason);
}
