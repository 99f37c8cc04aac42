using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

internal sealed partial class Advertiser
{
    [LoggerMessage(2011, LogLevel.Information, "{Prefix} announced: {Reason}")]
    private partial void LogAnnounced(IpPrefix prefix, string reason);

    [LoggerMessage(EventId = 2012, Message = "{Prefix} withdrawn: {Reason}")]
    private partial void LogWithdrawn(LogLevel level, IpPrefix prefix, string reason);

    [LoggerMessage(2018, LogLevel.Information, "{Prefix} is drained and withdrawn: stopping")]
    private partial void LogDraining(IpPrefix prefix);

    [LoggerMessage(2013, LogLevel.Warning, "Nothing is announced yet, the first health check failed: {Failure}")]
    private partial void LogNotAnnounced(string failure);

    [LoggerMessage(2014, LogLevel.Warning, "Health check failed, {Count} in a row of the {Fall} that withdraw: {Failure}")]
    private partial void LogCheckFailed(int count, int fall, string failure);

    [LoggerMessage(2015, LogLevel.Debug, "Health check still failing: {Failure}")]
    private partial void LogStillFailing(string failure);

    [LoggerMessage(2016, LogLevel.Critical, "The VIPs cannot be managed: {Reason}")]
    private partial void LogAddressRefused(string reason);

    [LoggerMessage(2017, LogLevel.Critical, "Failed for a reason that is a defect of this program")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2019, LogLevel.Information, "{Remark}")]
    private partial void LogRemark(string remark);

    [LoggerMessage(2020, LogLevel.Warning, "A router has not acknowledged the withdrawal after {Seconds} s: going on without")]
    private partial void LogNotAcknowledged(double seconds);

    [LoggerMessage(2021, LogLevel.Information, "Drained: nothing is announced until the drain is undone or the host starts again")]
    private partial void LogDrained();

    [LoggerMessage(2022, LogLevel.Information, "The drain was undone")]
    private partial void LogDrainUndone();

    [LoggerMessage(2023, LogLevel.Error, "The new configuration is refused, the old one goes on: {Problem}")]
    private partial void LogReloadRefused(string problem);

    [LoggerMessage(2024, LogLevel.Information, "The configuration was read again and is in force")]
    private partial void LogReloaded();

    [LoggerMessage(2025, LogLevel.Warning, "{Name} cannot be resolved, what is known of it stays: {Failure}")]
    private partial void LogNotResolved(string name, string failure);

    [LoggerMessage(2026, LogLevel.Information, "{Name} is {Addresses}")]
    private partial void LogResolved(string name, string addresses);
}
