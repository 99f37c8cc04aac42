using System.Net;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace BgpSharp.VipAdvertiser;

/// <summary>The program's parts in a Generic Host without its default sources and providers: they cost memory and start-up time.</summary>
internal static class VipHost
{
    /// <summary>More than the sessions' own limit for closing, so that the VIP is always taken off the interface.</summary>
    private static readonly TimeSpan AfterDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Runs until SIGTERM, SIGINT or a failure; the result is the process's exit code.</summary>
    public static async Task<int> RunAsync(AdvertiserOptions options, CommandLine commandLine)
    {
        var exit = new ExitStatus();
        var threshold = new LogThreshold { Level = options.LogLevel };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddFilter(threshold.Allows)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            });
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.Stop.Timeout + AfterDeadline)
            .AddSingleton(options)
            .AddSingleton(exit)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfigurationLoader>(new ConfigurationLoader(commandLine))
            .AddSingleton<IAddressTable, NetlinkAddressTable>()
            .AddSingleton<IAddressEvents, NetlinkEvents>()
            .AddSingleton<INodeAddresses, NetlinkNodeAddresses>()
            .AddSingleton<IVipAddresses>(services => ActivatorUtilities.CreateInstance<VipAddresses>(services, options.IsKubeVip))
            .AddSingleton<INameResolver, SystemNameResolver>()
            .AddSingleton<IHealthGateFactory, HealthGateFactory>()
            .AddSingleton<IVipAnnouncer, BgpAnnouncer>()
            .AddSingleton<StopSignals>()
            .AddSingleton<Advertiser>()
            .AddSingleton<IHostControl>(services => services.GetRequiredService<Advertiser>())
            .AddSingleton(new LibraryMeter("BgpSharp"))
            .AddSingleton<StatusPages>()
            .AddSingleton(services => new ControlServer(
                options.Control, services.GetRequiredService<IHostControl>(), TimeProvider.System, services.GetRequiredService<ILogger<ControlServer>>()))
            .AddHostedService(services => services.GetRequiredService<ControlServer>())
            .AddSingleton<IHostedService>(services => MakeHttpServer(services, options, static options => options.Http))
            .AddSingleton<IHostedService>(services => MakeHttpServer(services, options, static options => options.Healthz))
            .AddHostedService(services => services.GetRequiredService<Advertiser>())
            .AddHostedService<HostSignals>();
        if (ConfigurationSources.FileOf(commandLine) is { } file)
        {
            builder.Services.AddHostedService(services => new ConfigurationWatcher(
                file, services.GetRequiredService<IHostControl>(), TimeProvider.System, services.GetRequiredService<ILogger<ConfigurationWatcher>>()));
        }

        var host = builder.Build();
        host.Services.GetRequiredService<IHostControl>().Reconfigured += next => threshold.Level = next.LogLevel;
        host.Services.GetRequiredService<StopSignals>().Listen();
        if (await host.Services.GetRequiredService<ControlServer>().TryListenAsync())
        {
            await host.RunAsync();
            return exit.Code;
        }

        await ((IAsyncDisposable)host).DisposeAsync();
        return ExitStatus.ConfigurationWrong;
    }

    private static HttpServer MakeHttpServer(IServiceProvider services, AdvertiserOptions options, Func<AdvertiserOptions, IPEndPoint?> where) => new(
        where,
        options,
        services.GetRequiredService<IHostControl>(),
        services.GetRequiredService<StatusPages>(),
        TimeProvider.System,
        services.GetRequiredService<ILogger<HttpServer>>());
}
