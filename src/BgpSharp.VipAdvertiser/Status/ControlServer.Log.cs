using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

internal sealed partial class ControlServer
{
    [LoggerMessage(2100, LogLevel.Critical, "Another bgpsharp-vip runs in this network namespace: it has the control socket @{Name}. Stop it first, since two of one name would take each other's VIPs off, or give this one another name (control)")]
    private partial void LogAlreadyRunning(string name);

    [LoggerMessage(2101, LogLevel.Warning, "The control socket @{Name} is held by user {User}, who is neither root nor ours: status, drain and reload do not work, everything else does")]
    private partial void LogNameTaken(string name, uint user);

    [LoggerMessage(2102, LogLevel.Warning, "User {User} was refused at the control socket: it is for root only")]
    private partial void LogRefused(uint user);

    [LoggerMessage(2103, LogLevel.Information, "A drain was asked for: {Message}")]
    private partial void LogDrainAsked(string message);

    [LoggerMessage(2104, LogLevel.Error, "A request at the control socket failed for a reason that is a defect of this program")]
    private partial void LogDefect(Exception exception);
}
