using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Bfd;

internal sealed partial class BfdNotifier
{
    [LoggerMessage(EventId = 1501, Level = LogLevel.Information, Message = "BFD with {Peer}: {Status}")]
    private partial void LogChanged(IPAddress peer, BfdSessionStatus status);

    [LoggerMessage(EventId = 1505, Level = LogLevel.Warning, Message = "BFD with {Peer}: {Count} lines left out, it changes too often")]
    private partial void LogLeftOut(IPAddress peer, long count);

    [LoggerMessage(EventId = 1506, Level = LogLevel.Warning, Message = "BFD with {Peer}: this process is late so often that it does not keep the interval configured, and uses a longer one; a smaller heap, a processor to itself or CAP_SYS_NICE helps: {Status}")]
    private partial void LogSlowed(IPAddress peer, BfdSessionStatus status);

    [LoggerMessage(EventId = 1502, Level = LogLevel.Warning, Message = "BFD: no real-time priority (SCHED_FIFO) for the sending thread, which may be late on a busy machine; CAP_SYS_NICE permits it: {Cause}")]
    private partial void LogNoPriority(string cause);

    [LoggerMessage(EventId = 1507, Level = LogLevel.Information, Message = "BFD: the kernel sends no packets ahead (io_uring), so that a garbage collection is a silence to the peers; Linux 6.0 and a seccomp profile that permits io_uring have it: {Cause}")]
    private partial void LogNotAhead(string cause);

    [LoggerMessage(EventId = 1508, Level = LogLevel.Warning, Message = "BFD with {Peer}: the kernel does not send packets ahead any more (io_uring), so that a garbage collection is a silence to the peer until the session is made anew: {Cause}")]
    private partial void LogAlone(IPAddress peer, string cause);

    [LoggerMessage(EventId = 1503, Level = LogLevel.Error, Message = "BFD with {Session}: the callback threw")]
    private partial void LogCallbackFaulted(Exception exception, string session);

    [LoggerMessage(EventId = 1504, Level = LogLevel.Critical, Message = "BFD: internal error, no session runs any more; please report it")]
    private partial void LogFault(Exception exception);
}
