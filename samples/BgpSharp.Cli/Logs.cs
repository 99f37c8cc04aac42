using Microsoft.Extensions.Logging;

namespace BgpSharp.Cli;

/// <summary>Logs go to standard error: standard output is for what the command was asked for.</summary>
internal static class Logs
{
    public static ILoggerFactory Create(bool verbose) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Warning)
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
