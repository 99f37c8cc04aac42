using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>
/// Exports metrics and logs over OTLP while the configuration wants it: without, there is nothing but this object. A collector
/// that is slow, gone or talks nonsense costs what the queue may hold and a request now and then, and delays nothing.
/// </summary>
internal sealed class OtlpExporter : IHostedService
{
    /// <summary>For the last records and values, out of the deadline of the stop.</summary>
    private static readonly TimeSpan LastLimit = TimeSpan.FromSeconds(1);

    /// <summary>Of the program, as it is said to the collector.</summary>
    public static readonly string Version = Program.Version().Split('+')[0];

    private readonly IHostControl _host;
    private readonly Action<ILogListener?> _listen;
    private readonly Action<MetricsWriter> _collect;
    private readonly StopSignals _signals;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly Lock _gate = new();
    private AdvertiserOptions _options;
    private OtlpSource? _source;
    private volatile OtlpExport? _export;
    private Task _changing = Task.CompletedTask;

    /// <param name="options">In force until the host says otherwise.</param>
    /// <param name="host">Whose configuration it goes by.</param>
    /// <param name="listen">Says who hears of the log.</param>
    /// <param name="collect">Writes the metrics.</param>
    /// <param name="signals">When the stop began.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For what becomes of it.</param>
    public OtlpExporter(
        AdvertiserOptions options, IHostControl host, Action<ILogListener?> listen, Action<MetricsWriter> collect, StopSignals signals, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _host, _listen, _collect, _signals, _time, _loggers) = (options, host, listen, collect, signals, time, loggers);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _host.Reconfigured += Reconfigure;
        Begin(_options.Otlp);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _host.Reconfigured -= Reconfigure;
        Task changing;
        lock (_gate)
        {
            changing = _changing;
        }

        await changing;
        _listen(null);
        if (_export is { } export)
        {
            await export.EndAsync(TimeLeft(), _signals.Hurry);
        }
    }

    private void Reconfigure(AdvertiserOptions next)
    {
        lock (_gate)
        {
            var (before, changing) = (_options, _changing);
            _options = next;
            if (!IsSame(before.Otlp, next.Otlp))
            {
                _changing = Task.Run(() => ChangeAsync(changing, next.Otlp));
            }
        }
    }

    private static bool IsSame(OtlpOptions? one, OtlpOptions? other) =>
        one is null || other is null ? one == other : one.Texts.SequenceEqual(other.Texts);

    private async Task ChangeAsync(Task before, OtlpOptions? next)
    {
        await before;
        if (_export is { } export)
        {
            _export = null;
            await export.DisposeAsync();
        }

        Begin(next);
    }

    private void Begin(OtlpOptions? options)
    {
        if (options is null)
        {
            _listen(null);
            _source = null;
            return;
        }

        _source ??= new OtlpSource
        {
            Collect = _collect,
            Logs = new LogQueue(() => _export?.OnLogs()),
            Starts = new CounterStarts(_host.Status.StartedAt),
            Version = Version,
            Node = Environment.MachineName,
        };
        _listen(options.Logs ? _source.Logs : null);

        // Known before it looks for logs that wait: later ones call it.
        var export = new OtlpExport(options, _source, _time, _loggers);
        _export = export;
        export.Start();
    }

    private TimeSpan TimeLeft()
    {
        var left = _options.Stop.Timeout - _signals.SinceAsked;
        return left < LastLimit ? left : LastLimit;
    }
}
