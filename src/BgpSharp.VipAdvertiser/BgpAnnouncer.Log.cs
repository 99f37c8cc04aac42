using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

internal sealed partial class BgpAnnouncer
{
    [LoggerMessage(2130, LogLevel.Warning, "This node has no IPv4 address that {Peer} is reached from, and no routerId is configured: waiting for one")]
    private partial void LogNoRouterId(IPAddress peer);

    [LoggerMessage(2131, LogLevel.Information, "The router id is {RouterId}")]
    private partial void LogRouterId(BgpIdentifier routerId);

    [LoggerMessage(2132, LogLevel.Error, "The sessions could not be started")]
    private partial void LogNotStarted(Exception exception);
}
