using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>
/// One configuration's export, from its beginning to its end: metrics at their interval, logs a moment after there are some.
/// It runs on the pool, and nothing waits for it.
/// </summary>
internal sealed partial class OtlpExport : IAsyncDisposable
{
    /// <summary>So that records which come together go together.</summary>
    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(1);

    private readonly OtlpOptions _options;
    private readonly OtlpSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OtlpSender _sender;
    private readonly OtlpResource _resource;
    private readonly OtlpSignal _metrics, _logs;
    private readonly Alarm _alarm;
    private readonly ITimer _logTimer;
    private readonly CancellationTokenSource _ending = new(), _cutting = new();
    private TimeSpan _metricsDue;
    private bool _logsWait;
    private Task _running = Task.CompletedTask;

    public OtlpExport(OtlpOptions options, OtlpSource source, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _source, _time, _logger) = (options, source, time, loggers.CreateLogger<OtlpExport>());
        _sender = new OtlpSender(options, source.Version, time, loggers);
        _resource = new OtlpResource(options, source.Version, source.Node);
        _metrics = new OtlpSignal("Metrics", OtlpSender.UriOf(options, OtlpSender.MetricsPath), Random.Shared.NextDouble, time, _logger);
        _logs = new OtlpSignal("Logs", OtlpSender.UriOf(options, OtlpSender.LogsPath), Random.Shared.NextDouble, time, _logger);
        _alarm = new Alarm(time);
        _logTimer = time.CreateTimer(_ => CallForLogs(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>Null: they are not exported.</summary>
    private TimeSpan? MetricsDue => !_options.Metrics ? null : _metrics.IsFailing ? _metrics.NotBefore : _metricsDue;

    /// <summary>Null: there are none, or they are not exported.</summary>
    private TimeSpan? LogsDue => _options.Logs && Volatile.Read(ref _logsWait) ? _logs.NotBefore : null;

    public void Start()
    {
        _metricsDue = Now + _options.Interval;
        if (_options.Logs && !_source.Logs.IsEmpty)
        {
            OnLogs();
        }

        LogBegins(_options.Endpoint, _options.Metrics ? _options.Logs ? "metrics and logs" : "metrics" : "logs");
        _running = Task.Run(RunAsync);
    }

    /// <summary>There are logs after there were none.</summary>
    public void OnLogs() => _logTimer.Change(LogDelay, Timeout.InfiniteTimeSpan);

    /// <summary>Sends what there is, once, unless the collector is in trouble already; and ends, at the limit at the latest.</summary>
    /// <param name="limit">Zero: nothing is sent any more.</param>
    /// <param name="hurry">Ends it at once.</param>
    public async Task EndAsync(TimeSpan limit, CancellationToken hurry)
    {
        if (limit > TimeSpan.Zero)
        {
            var ended = _running.WaitAsync(limit, _time, hurry);
            await _ending.CancelAsync();
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _cutting.CancelAsync();
        await _ending.CancelAsync();
        await _running;
        await _logTimer.DisposeAsync();
        _alarm.Dispose();
        _sender.Dispose();
        _ending.Dispose();
        _cutting.Dispose();
    }

    /// <summary>Ends it at once.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(TimeSpan.Zero, CancellationToken.None);

    private void CallForLogs()
    {
        Volatile.Write(ref _logsWait, true);
        _alarm.Ring();
    }

    private async Task RunAsync()
    {
        try
        {
            bool isLast;
            do
            {
                await WaitAsync();
                isLast = _ending.IsCancellationRequested;
                await ExportAsync(isLast);
            }
            while (!isLast);
        }
        catch (OperationCanceledException) when (_cutting.IsCancellationRequested)
        {
            // There was no time for more.
        }
        catch (Exception e)
        {
            LogDefect(e);
        }
    }

    /// <summary>Until something is due, or the end.</summary>
    private async Task WaitAsync()
    {
        try
        {
            var due = MetricsDue is null || LogsDue < MetricsDue ? LogsDue : MetricsDue;
            await _alarm.WaitAsync(due is { } at ? at > Now ? at - Now : TimeSpan.Zero : Timeout.InfiniteTimeSpan, _ending.Token);
        }
        catch (OperationCanceledException)
        {
            _cutting.Token.ThrowIfCancellationRequested();
        }

        await Task.Yield(); // Whoever rang has other timers waiting.
    }

    private async Task ExportAsync(bool isLast)
    {
        // At the end what was done last is worth more than any number.
        if (isLast ? _options.Logs && !_logs.IsFailing : LogsDue <= Now)
        {
            await SendLogsAsync(isLast);
        }

        if (isLast ? _options.Metrics && !_metrics.IsFailing : MetricsDue <= Now)
        {
            await SendMetricsAsync();
        }
    }

    /// <summary>What is to be sent again is collected again: the newest values are all that counts.</summary>
    private async Task SendMetricsAsync()
    {
        // From start to start, however long an answer takes; times that have passed are left out.
        var now = Now;
        var late = now - _metricsDue;
        _metricsDue = now + _options.Interval - (late > TimeSpan.Zero ? TimeSpan.FromTicks(late.Ticks % _options.Interval.Ticks) : TimeSpan.Zero);
        using var metrics = new OtlpMetrics(_resource, _source.Starts, _time.GetUtcNow());
        _source.Collect(metrics);
        await SendAsync(_metrics, metrics.Finish());
    }

    private async Task SendLogsAsync(bool isLast)
    {
        // Before the queue is empty: a record that comes after that calls again.
        Volatile.Write(ref _logsWait, false);
        for (var hasMore = true; hasMore && _source.Logs.Batch() is { Count: > 0 } batch;)
        {
            hasMore = _source.Logs.HasMore;
            var verdict = await SendAsync(_logs, OtlpLogs.Make(_resource, batch));
            if (verdict != OtlpVerdict.Later)
            {
                _source.Logs.End(isDelivered: verdict == OtlpVerdict.Accepted);
                ReportDropped(verdict);
            }

            // However many come, the metrics have their turn: at the end they have it after all of them.
            if (verdict == OtlpVerdict.Later || (hasMore && !isLast && MetricsDue <= Now))
            {
                Volatile.Write(ref _logsWait, true);
                return;
            }
        }
    }

    private void ReportDropped(OtlpVerdict verdict)
    {
        if (verdict == OtlpVerdict.Accepted && _source.Logs.TakeDropped() is > 0 and var dropped)
        {
            LogDropped(dropped);
        }
    }

    private async Task<OtlpVerdict> SendAsync(OtlpSignal signal, ReadOnlyMemory<byte> body)
    {
        var outcome = await _sender.SendAsync(signal.Uri, body, _cutting.Token);
        await Task.Yield(); // Sockets go on in the one thread that hears of them all.
        signal.Note(outcome);
        return outcome.Verdict;
    }
}
