using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Bfd;

internal sealed partial class BfdNotifier
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "BFD with {Peer}: {Status}")]
    private partial void LogChanged(IPAddress peer, BfdSessionStatus status);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "BFD: no real-time priority (SCHED_FIFO) for the sending thread, which may be late on a busy machine; CAP_SYS_NICE permits it: {Cause}")]
    private partial void LogNoPriority(string cause);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "BFD with {Session}: the callback threw")]
    private partial void LogCallbackFaulted(Exception exception, string session);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Critical, Message = "BFD: internal error, no session runs any more; please report it")]
    private partial void LogFault(Exception exception);
}
