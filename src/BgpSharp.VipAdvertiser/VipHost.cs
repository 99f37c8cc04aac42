using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Otlp;
using BgpSharp.VipAdvertiser.Status;
using BgpSharp.VipAdvertiser.Systemd;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>The program's parts, put together by hand: a container for them costs memory and start-up time.</summary>
internal static class VipHost
{
    /// <summary>More than the sessions' own limit for closing, so that the VIP is always taken off the interface.</summary>
    private static readonly TimeSpan AfterDeadline = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SetUp = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What waits for a socket goes on in the thread that heard of it, and there is one: a hand-over to the pool wakes two of
    /// its threads, which then look for more to do for longer than most of what they were woken for takes.
    /// </summary>
    private static readonly string[] OneSocketThread = ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"];

    /// <summary>Runs until SIGTERM, SIGINT or a failure; the result is the process's exit code.</summary>
    public static async Task<int> RunAsync(AdvertiserOptions options, CommandLine commandLine)
    {
        Array.ForEach(OneSocketThread, variable => Environment.SetEnvironmentVariable(variable, "1"));
        TlsPreparation.Begin(options.Gate?.Probe);
        using var time = new HostClock();
        var exit = new ExitStatus();
        var threshold = new LogThreshold { Level = options.LogLevel };
        await using var log = new ConsoleLog(Console.OpenStandardOutput(), threshold, time, options.LogFormat, JournalStream.IsStandardOutput());
        using var signals = new StopSignals(time);
        using var table = new NetlinkAddressTable();
        using var events = new NetlinkEvents();
        using var addresses = new VipAddresses(table, events, OwnerMark.Of(options.Control), options.IsKubeVip, time, log.CreateLogger<VipAddresses>());
        var node = new NetlinkNodeAddresses(table);
        await using var announcer = new BgpAnnouncer(node, time, log, log.CreateLogger<BgpAnnouncer>());
        using var advertiser = new Advertiser(
            options,
            addresses,
            announcer,
            new HealthGateFactory(node, time, log),
            new SystemNameResolver(),
            new ConfigurationLoader(commandLine),
            signals,
            exit,
            time,
            log.CreateLogger<Advertiser>());
        using var control = new ControlServer(options.Control, advertiser, time, log.CreateLogger<ControlServer>());
        using var meter = new LibraryMeter("BgpSharp");
        var pages = new StatusPages(options, advertiser, meter);
        using var http = new HttpServer(static options => options.Http, options, advertiser, pages, time, log.CreateLogger<HttpServer>());
        using var healthz = new HttpServer(static options => options.Healthz, options, advertiser, pages, time, log.CreateLogger<HttpServer>());
        var exporter = new OtlpExporter(
            options,
            advertiser,
            listener => log.Listener = listener,
            metrics => HostMetrics.Write(metrics, advertiser.Status, meter.Read(), ProcessFigures.Read()),
            signals,
            time,
            log);
        using var reload = new HostSignals(advertiser, log.CreateLogger<HostSignals>());
        using var watcher = ConfigurationSources.FileOf(commandLine) is { } file
            ? new ConfigurationWatcher(file, advertiser, time, log.CreateLogger<ConfigurationWatcher>())
            : null;
        using var manager = ServiceNotifier.Create();
        using var report = manager is null ? null : new ServiceReport(advertiser, manager, ServiceReport.Watchdog(), time);

        advertiser.Reconfigured += next => threshold.Level = next.LogLevel;
        signals.Listen();
        if (!await control.TryListenAsync())
        {
            return ExitStatus.ConfigurationWrong;
        }

        // The control socket is there first and last. What fails while it runs or stops ends the process with its stack trace.
        List<IHostedService> parts = [control, exporter, http, healthz, advertiser, reload];
        if (watcher is not null)
        {
            parts.Add(watcher);
        }

        // Last, so that it is the first to hear of the stop.
        if (report is not null)
        {
            parts.Add(report);
        }

        await RunAsync(parts, signals.Stop, () => advertiser.StopTimeout + AfterDeadline, time);
        return exit.Code;
    }

    /// <summary>Starts the parts, waits for the stop or the end of one, and stops them all in reverse, within what the configuration of then allows.</summary>
    private static async Task RunAsync(List<IHostedService> parts, Task stop, Func<TimeSpan> limit, TimeProvider time)
    {
        var running = new List<Task> { stop };
        foreach (var part in parts)
        {
            await part.StartAsync(CancellationToken.None);
            if (part is BackgroundService { ExecuteTask: { } execution })
            {
                running.Add(execution);
            }
        }

        // Once all is set up: what that needed goes back to the system. A few milliseconds, far less than any hold or detection time.
        var ended = await Task.WhenAny([.. running, Task.Delay(SetUp, time)]);
        if (!running.Contains(ended))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            ended = await Task.WhenAny(running);
        }

        using var deadline = new CancellationTokenSource(limit(), time);
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            await parts[i].StopAsync(deadline.Token);
        }

        await ended;
    }
}
