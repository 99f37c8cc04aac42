using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Network;

internal sealed partial class VipAddresses
{
    [LoggerMessage(2001, LogLevel.Information, "{Vip}/{PrefixLength} added to {Interface}")]
    private partial void LogAdded(IPAddress vip, byte prefixLength, string? @interface);

    [LoggerMessage(2002, LogLevel.Information, "{Vip}/{PrefixLength} on {Interface} was left behind by an earlier run: used, and removed at the stop")]
    private partial void LogAdopted(IPAddress vip, byte prefixLength, string? @interface);

    [LoggerMessage(2003, LogLevel.Warning, "{Vip}/{PrefixLength} is on {Interface} already, put there by somebody else: used, and left there at the stop")]
    private partial void LogForeign(IPAddress vip, byte prefixLength, string? @interface);

    [LoggerMessage(2004, LogLevel.Information, "{Vip}/{PrefixLength} removed from {Interface}")]
    private partial void LogRemoved(IPAddress vip, byte prefixLength, string? @interface);

    [LoggerMessage(2005, LogLevel.Warning, "{Vip}/{PrefixLength} was no longer on {Interface}: somebody else removed it")]
    private partial void LogGone(IPAddress vip, byte prefixLength, string? @interface);
}
