using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

internal sealed partial class OtlpExport
{
    [LoggerMessage(2153, LogLevel.Information, "Exporting to {Endpoint} by OTLP: {What}")]
    private partial void LogBegins(Uri endpoint, string what);

    [LoggerMessage(2154, LogLevel.Warning, "{Count} log records were not exported: the collector did not take them, or not in time")]
    private partial void LogDropped(long count);

    [LoggerMessage(2155, LogLevel.Error, "Nothing is exported any more, for a reason that is a defect of this program")]
    private partial void LogDefect(Exception exception);
}
