using System.Globalization;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Hosting;

namespace BgpSharp.VipAdvertiser.Systemd;

/// <summary>
/// Keeps the service manager informed: READY once the configuration is applied, whether a router answers or not, since a boot
/// must not wait for one; RELOADING, STATUS and STOPPING; WATCHDOG for as long as the host's one loop handles events, so that
/// one that hangs is killed and started again.
/// </summary>
internal sealed class ServiceReport : BackgroundService
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(5);

    private readonly IHostControl _host;
    private readonly ServiceNotifier _manager;
    private readonly TimeProvider _time;
    private readonly bool _isWatched;
    private readonly TimeSpan _interval;
    private readonly Alarm _alarm;
    private volatile bool _isReady;
    private volatile bool _isReloading;
    private string? _told;

    public ServiceReport(IHostControl host, ServiceNotifier manager, TimeSpan? watchdog, TimeProvider time)
    {
        (_host, _manager, _time) = (host, manager, time);
        _alarm = new Alarm(time);
        _isWatched = watchdog is not null;
        _interval = watchdog is { } limit && limit / 2 < StatusInterval ? limit / 2 : StatusInterval;
        host.Reloading += OnReloading;
        host.Reloaded += OnReloaded;
    }

    /// <summary>How long the manager waits for a sign of life; null: it does not, or it is another process that it means.</summary>
    public static TimeSpan? Watchdog() =>
        ReadWatchdog(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);

    internal static TimeSpan? ReadWatchdog(string? microseconds, string? process, int self) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && (process is null || process == self.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(number)
            : null;

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _host.Reloading -= OnReloading;
        _host.Reloaded -= OnReloaded;
        _manager.TryNotify("STOPPING=1", "STATUS=Draining, then withdrawing");
        return base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _alarm.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await ReportAsync(stoppingToken);
                await _alarm.WaitAsync(_interval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        // An event that went through the loop: the configuration is applied.
        if (!await _host.IsAliveAsync(stoppingToken))
        {
            return;
        }

        var lines = new List<string>();
        if (!_isReady && !_isReloading)
        {
            _isReady = true;
            lines.Add("READY=1");
        }

        if (_isWatched)
        {
            lines.Add("WATCHDOG=1");
        }

        if (Describe(_host.Status) is var status && status != _told)
        {
            _told = status;
            lines.Add($"STATUS={status}");
        }

        if (lines.Count > 0)
        {
            _manager.TryNotify(lines);
        }
    }

    private void OnReloading()
    {
        // To be followed by READY, also where the new configuration is refused: the old one goes on then.
        _isReloading = true;
        _isReady = false;
        _manager.TryNotify("RELOADING=1", string.Create(CultureInfo.InvariantCulture, $"MONOTONIC_USEC={_time.GetTimestamp() / (_time.TimestampFrequency / 1_000_000)}"));
    }

    private void OnReloaded()
    {
        _isReloading = false;
        _alarm.Ring();
    }

    private static string Describe(HostStatus status) => string.Create(
        CultureInfo.InvariantCulture,
        $"{status.Peers.Count(peer => peer.IsEstablished)} of {status.Peers.Count} sessions Established, {status.Vips.Count(vip => vip.Announced)} of {status.Vips.Count} VIPs announced{Remark(status)}");

    private static string Remark(HostStatus status) => status switch
    {
        { Drain: not DrainPhase.None } => "; drained",
        { ReloadProblems.Count: > 0 } => "; the last reload was refused",
        _ => "",
    };
}
