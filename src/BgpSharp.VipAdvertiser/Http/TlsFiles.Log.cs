using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Http;

internal sealed partial class TlsFiles
{
    [LoggerMessage(2075, LogLevel.Warning, "{Purpose}: {Problem}: going on with what was usable last, if anything")]
    private partial void LogNotUsable(string purpose, string problem);

    [LoggerMessage(2076, LogLevel.Information, "{Purpose}: {What} has changed and was read again from {Origin}")]
    private partial void LogReadAgain(string purpose, string what, string origin);
}
