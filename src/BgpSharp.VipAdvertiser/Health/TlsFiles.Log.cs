using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Health;

internal sealed partial class TlsFiles
{
    [LoggerMessage(2075, LogLevel.Warning, "Health check: {Problem}: going on with what was usable last, if anything")]
    private partial void LogNotUsable(string problem);

    [LoggerMessage(2076, LogLevel.Information, "Health check: {What} has changed and was read again from {Origin}")]
    private partial void LogReadAgain(string what, string origin);
}
