using BgpSharp.Tests.Session;
using BgpSharp.Tests.VipAdvertiser.Status;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Otlp;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>An exporter with a clock of its own, and what it exports.</summary>
internal sealed class ExporterBench : IAsyncDisposable
{
    private readonly OtlpExporter _exporter;
    private readonly bool _isOn;
    private bool _isStopped;

    public ExporterBench(AdvertiserOptions options)
    {
        _isOn = options.Otlp is not null;
        Signals = new StopSignals(Time);
        _exporter = new OtlpExporter(options, Host, listener => Listener = listener, metrics =>
        {
            Collections++;
            metrics.Gauge("bgpsharp_ready", "Ready.");
            metrics.Sample(Collections);
        }, Signals, Time, Log);
    }

    public CountedTime Time { get; } = new(DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000));

    public HostControlStub Host { get; } = new();

    public StopSignals Signals { get; }

    /// <summary>What the exporter says.</summary>
    public LineLogger Log { get; } = new();

    public ILogListener? Listener { get; private set; }

    /// <summary>How often the metrics were asked for.</summary>
    public int Collections { get; private set; }

    public async Task StartAsync()
    {
        await _exporter.StartAsync(CancellationToken.None);
        if (_isOn)
        {
            await RestAsync();
        }
    }

    public Task StopAsync()
    {
        _isStopped = true;
        return _exporter.StopAsync(CancellationToken.None);
    }

    /// <summary>Logs as a part of the host does.</summary>
    public void Say(string text) => Listener!.Add(Time.GetUtcNow(), new LogEntry(LogLevel.Information, "BgpSharp.Part", 7, text, null, null));

    /// <summary>Waits for a line of the exporter.</summary>
    public Task SaysAsync(string line) => SpeakerFixture.UntilAsync(() => Log.Lines.Any(said => said.Contains(line, StringComparison.Ordinal)), $"it says '{line}', not {string.Join('\n', Log.Lines)}");

    /// <summary>Moves the clock on when no request is under way: that would have been waited for in vain.</summary>
    public async Task AdvanceAsync(TimeSpan step)
    {
        await RestAsync();
        Time.Advance(step);
        await SpeakerFixture.Settle();
    }

    /// <summary>Moves the clock on, a second at a time, until something has happened.</summary>
    public async Task AdvanceUntilAsync(Func<bool> happened)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!happened())
        {
            limit.Token.ThrowIfCancellationRequested();
            await AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            Signals.Count("first");
            Signals.Count("second"); // Without a last export.
            await StopAsync();
        }

        Signals.Dispose();
    }

    private Task RestAsync() => SpeakerFixture.UntilAsync(() => Time.IsAtRest, "every request has come to an end, and the next turn is waited for");
}
