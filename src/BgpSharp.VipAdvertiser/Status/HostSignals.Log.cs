using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

internal sealed partial class HostSignals
{
    [LoggerMessage(2110, LogLevel.Information, "SIGHUP: reading the configuration again")]
    private partial void LogReloading();

    [LoggerMessage(2111, LogLevel.Information, "{Line}")]
    private partial void LogState(string line);

    [LoggerMessage(2116, LogLevel.Information, "Recorded with {Peer}: {Line}")]
    private partial void LogRecorded(string peer, string line);

    [LoggerMessage(2112, LogLevel.Error, "A signal could not be followed for a reason that is a defect of this program")]
    private partial void LogFailed(Exception exception);
}
