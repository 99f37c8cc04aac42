using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

internal sealed partial class OtlpSignal
{
    [LoggerMessage(2150, LogLevel.Warning, "{Signal} are not exported to {Uri}: {Problem}. Trying again until they are; everything else goes on")]
    private partial void LogNotTaken(string signal, Uri uri, string problem);

    [LoggerMessage(2151, LogLevel.Warning, "{Signal} are refused by {Uri}, and not sent again: {Problem}")]
    private partial void LogRefused(string signal, Uri uri, string problem);

    [LoggerMessage(2152, LogLevel.Information, "{Signal} are exported to {Uri} again")]
    private partial void LogAgain(string signal, Uri uri);

    [LoggerMessage(2156, LogLevel.Warning, "{Signal} are taken by {Uri}, {Remark}")]
    private partial void LogTaken(string signal, Uri uri, string remark);
}
