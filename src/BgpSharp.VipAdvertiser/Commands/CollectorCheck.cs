using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Otlp;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>Sends the collector a request without data, which it has to answer with success.</summary>
internal static class CollectorCheck
{
    public static async Task<(bool IsUsable, string Text)> RunAsync(OtlpOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var sender = new OtlpSender(options, OtlpExporter.Version, time, NullLoggerFactory.Instance);
        if (options.Metrics && (await sender.SendAsync(OtlpSender.UriOf(options, OtlpSender.MetricsPath), """{"resourceMetrics":[]}"""u8.ToArray(), cancellationToken)) is { Verdict: not OtlpVerdict.Accepted } metrics)
        {
            return (false, $"it does not take metrics: {metrics.Problem}");
        }

        return options.Logs && (await sender.SendAsync(OtlpSender.UriOf(options, OtlpSender.LogsPath), """{"resourceLogs":[]}"""u8.ToArray(), cancellationToken)) is { Verdict: not OtlpVerdict.Accepted } logs
            ? (false, $"it does not take logs: {logs.Problem}")
            : (true, "it answers");
    }
}
