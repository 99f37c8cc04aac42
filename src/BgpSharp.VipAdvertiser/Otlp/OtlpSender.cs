using System.Globalization;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Http;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>Sends requests to the collector, one at a time, and says what became of each.</summary>
internal sealed class OtlpSender(OtlpOptions options, string version, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    public const string MetricsPath = "v1/metrics", LogsPath = "v1/logs";

    /// <summary>The exporters' default by their specification.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpCaller _caller = new(new HostTarget(), new TlsFiles("OTLP export", options.Tls, loggers.CreateLogger<TlsFiles>()));

    /// <summary>The URL of a signal: below the configured one, whether that ends in a slash or not.</summary>
    public static Uri UriOf(OtlpOptions options, string path) => new($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");

    public async Task<OtlpOutcome> SendAsync(Uri uri, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var headers = options.Headers?.Read() ?? [];
            _caller.Prepare(fresh: false);
            var call = new HttpCall
            {
                Uri = uri,
                Headers = [("User-Agent", $"bgpsharp-vip/{version}"), ("Content-Type", "application/json"), .. headers],
                Body = body,
            };
            return OtlpOutcome.Of(await _caller.CallAsync(call, either.Token), headers, time.GetUtcNow());
        }
        catch (TlsFileException e)
        {
            return new OtlpOutcome(OtlpVerdict.Later, e.Message);
        }
        catch (Exception e) when (HttpCaller.IsFailure(e))
        {
            _caller.Disconnect();
            cancellationToken.ThrowIfCancellationRequested();
            var reason = limit.IsCancellationRequested
                ? string.Create(CultureInfo.InvariantCulture, $"no answer within {Timeout.TotalSeconds} s")
                : _caller.Explain(e, Timeout).Reason;
            return new OtlpOutcome(OtlpVerdict.Later, reason);
        }
    }

    public void Dispose() => _caller.Dispose();
}
