using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Status;

internal sealed partial class ConfigurationWatcher
{
    [LoggerMessage(2115, LogLevel.Information, "{File} has changed: reading the configuration again")]
    private partial void LogChanged(string file);
}
