using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BgpSharp.Hosting;

/// <summary>
/// Starts a speaker once all services of the host have started, and withdraws its routes before any of them stops: while
/// routers send traffic here, there is somebody to take it.
/// </summary>
internal sealed class HostedSpeaker(IServiceProvider services, string name, PeerHandlers handlers) : IHostedLifecycleService
{
    // Not before the start, when the options of all speakers have been validated.
    private BgpSpeaker? _speaker;
    private BgpStopOptions? _stop;

    /// <summary>Makes the speaker of a name. Its peers come later: their handlers may want the speaker.</summary>
    public static BgpSpeaker Make(IServiceProvider services, string name, PeerHandlers handlers)
    {
        var options = OptionsOf(services, name);
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = options.LocalAsn!.Value,
            RouterId = options.RouterId!.Value,
            ListenEndPoints = [.. options.ListenEndPoints],
            AcceptPeer = options.AcceptPeer is { } accept
                ? remote => accept(remote) is { } accepted ? handlers.Apply(null, accepted, services) : null
                : null,
            LoggerFactory = services.GetService<ILoggerFactory>(),
            TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System,
            MeterFactory = services.GetService<IMeterFactory>(),
            Transport = services.GetService<BgpTransport>(),
        });
        foreach (var route in options.Routes)
        {
            speaker.Routes.Announce(route);
        }

        return speaker;
    }

    public static BgpSpeaker Find(IServiceProvider services, string name) =>
        name.Length == 0 ? services.GetRequiredService<BgpSpeaker>() : services.GetRequiredKeyedService<BgpSpeaker>(name);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var options = OptionsOf(services, name);
        (_speaker, _stop) = (Find(services, name), options.Stop);
        foreach (var (peerName, peer) in options.Peers)
        {
            _speaker.AddPeer(handlers.Apply(peerName, peer, services));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => _speaker!.StartAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => _speaker?.StopAsync(_stop, cancellationToken) ?? Task.CompletedTask;

    // For whoever knows nothing of the stages; elsewhere it joins what Stopping began.
    public Task StopAsync(CancellationToken cancellationToken) => StoppingAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static BgpHostedSpeakerOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<BgpHostedSpeakerOptions>>().Get(name);
}
