using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

internal sealed partial class VipService
{
    [LoggerMessage(2011, LogLevel.Information, "{Vip}/32 announced: {Reason}")]
    private partial void LogAnnounced(IPAddress vip, string reason);

    [LoggerMessage(EventId = 2012, Message = "{Vip}/32 withdrawn: {Reason}")]
    private partial void LogWithdrawn(LogLevel level, IPAddress vip, string reason);

    [LoggerMessage(2018, LogLevel.Information, "{Vip}/32 is drained and withdrawn: stopping")]
    private partial void LogDraining(IPAddress vip);

    [LoggerMessage(2013, LogLevel.Warning, "{Vip}/32 not announced yet, the first health check failed: {Failure}")]
    private partial void LogNotAnnounced(IPAddress vip, string failure);

    [LoggerMessage(2014, LogLevel.Warning, "Health check failed, {Count} in a row of the {Fall} that withdraw: {Failure}")]
    private partial void LogCheckFailed(int count, int fall, string failure);

    [LoggerMessage(2015, LogLevel.Debug, "Health check still failing: {Failure}")]
    private partial void LogStillFailing(string failure);

    [LoggerMessage(2016, LogLevel.Critical, "{Vip}/32 cannot be managed on {Interface}: {Reason}")]
    private partial void LogAddressRefused(IPAddress vip, string @interface, string reason);

    [LoggerMessage(2017, LogLevel.Critical, "Failed for a reason that is a defect of this program")]
    private partial void LogFailed(Exception exception);
}
