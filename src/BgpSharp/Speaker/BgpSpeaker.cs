using System.Collections.Concurrent;
using System.Net;
using BgpSharp.Diagnostics;
using BgpSharp.Fsm;
using BgpSharp.Sessions;
using BgpSharp.Transport;
using BgpSharp.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp;

/// <summary>
/// A BGP-4 speaker (RFC 4271): announces routes to its peers and hands on what they announce. It installs no routes.
/// Thread-safe; peers and routes may be added, changed and removed before and after the start.
/// </summary>
public sealed class BgpSpeaker : IAsyncDisposable, IDisposable
{
    private static readonly BgpStopOptions DisposeOptions = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly ConcurrentDictionary<IPAddress, BgpPeer> _peers = new();
    private readonly Lock _lock = new();
    private readonly BgpSpeakerOptions _options;
    private readonly SpeakerServices _services;
    private readonly ListenerSet _listeners;
    private Task? _start;
    private Task? _stop;
    private bool _peersStarted;

    /// <summary>Makes a speaker that does nothing until it is started.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="ArgumentException">The options are invalid; the message names every problem.</exception>
    public BgpSpeaker(BgpSpeakerOptions options)
    {
        OptionsValidation.ThrowIfInvalid(options);
        _options = options;
        var loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var metrics = new BgpMetrics(options.MeterFactory, () => Peers);
        _services = new SpeakerServices(options, loggers, options.Transport ?? SocketTransport.Instance, metrics);
        _listeners = new ListenerSet(options, _services, FindOrAccept);
        Routes = CreateRouteSet();
    }

    /// <summary>The local AS.</summary>
    public Asn LocalAsn => _options.LocalAsn;

    /// <summary>The router id.</summary>
    public BgpIdentifier RouterId => _options.RouterId;

    /// <summary>The peers, a copy.</summary>
    public IReadOnlyCollection<BgpPeer> Peers => [.. _peers.Values];

    /// <summary>Where connections are accepted, with real ports; empty until started.</summary>
    public IReadOnlyList<IPEndPoint> ListenEndPoints => _listeners.EndPoints;

    /// <summary>The default set of routes to announce.</summary>
    public BgpRouteSet Routes { get; }

    /// <summary>
    /// Whether the routes to every peer carry GRACEFUL_SHUTDOWN (RFC 8326), so that routers that honour it move traffic away
    /// before the routes go; to internal peers LOCAL_PREF is 0 besides. Setting it sends the routes again;
    /// <see cref="FlushAsync"/> waits for that. Default: false.
    /// </summary>
    public bool GracefulShutdown
    {
        get => _services.GracefulShutdown;
        set
        {
            _services.GracefulShutdown = value;
            foreach (var peer in Peers)
            {
                peer.Driver.ApplyGracefulShutdown();
            }
        }
    }

    /// <summary>Makes another set of routes, for another owner.</summary>
    /// <returns>An empty set; disposing it withdraws its routes.</returns>
    public BgpRouteSet CreateRouteSet() => new(_services.Routes);

    /// <summary>Adds a peer; a started speaker connects to it at once.</summary>
    /// <param name="options">What is configured for it.</param>
    /// <returns>A handle.</returns>
    /// <exception cref="ArgumentException">The options are invalid, or there is a peer with this address already.</exception>
    /// <exception cref="ObjectDisposedException">The speaker was stopped.</exception>
    public BgpPeer AddPeer(BgpPeerOptions options)
    {
        OptionsValidation.ThrowIfInvalid(options, _options);
        BgpPeer peer;
        bool started;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop is not null, this);
            if (_peers.ContainsKey(options.Address))
            {
                throw new ArgumentException($"There is a peer with address {options.Address} already.", nameof(options));
            }

            peer = new BgpPeer(this, new PeerDriver(_services, options));
            _peers[options.Address] = peer;
            started = _peersStarted;
        }

        _listeners.Keys.Set(options.Address, options.Password);
        if (started)
        {
            Start(peer);
        }

        return peer;
    }

    /// <summary>Starts to listen and to connect. A second call joins the first.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the speaker listens; sessions come up later.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">An endpoint to listen on cannot be had.</exception>
    /// <exception cref="ObjectDisposedException">The speaker was stopped.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop is not null, this);
            return (_start ??= Task.Run(StartCoreAsync, CancellationToken.None)).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until every route change made so far has reached the host of every peer with a session.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the peers' TCP has acknowledged everything.</returns>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Peers.Select(peer => peer.FlushAsync(cancellationToken)));

    /// <summary>Ends all sessions side by side and stops for good. A second call joins the first.</summary>
    /// <param name="options">How; null for the default.</param>
    /// <param name="cancellationToken">Makes the rest of it immediate; cleaning up is never skipped.</param>
    /// <returns>
    /// Completes when nothing of the speaker runs any more, but for handlers that do not return when they are asked to, and
    /// one that waits for this.
    /// </returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public Task StopAsync(BgpStopOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new BgpStopOptions();
        OptionsValidation.ThrowIfInvalid(options);
        lock (_lock)
        {
            return _stop ??= Task.Run(() => StopCoreAsync(options, cancellationToken), CancellationToken.None);
        }
    }

    /// <summary>Stops with <see cref="BgpStopMode.Withdraw"/> and at most 2 s. Never throws.</summary>
    /// <returns>Completes when the speaker is gone.</returns>
    public async ValueTask DisposeAsync() => await EndAsync(DisposeOptions).ConfigureAwait(false);

    /// <summary>Stops with <see cref="BgpStopMode.Immediate"/>, for containers that dispose synchronously.</summary>
    public void Dispose() =>
        EndAsync(new BgpStopOptions { Mode = BgpStopMode.Immediate, Timeout = DisposeOptions.Timeout }).GetAwaiter().GetResult();

    internal RouteBook RouteBook => _services.Routes;

    internal async Task<bool> UpdatePeerAsync(BgpPeer peer, BgpPeerOptions options)
    {
        OptionsValidation.ThrowIfInvalid(options, _options);
        if (!options.Address.Equals(peer.Options.Address))
        {
            throw new ArgumentException($"A peer keeps its address {peer.Options.Address}; remove it and add {options.Address}.", nameof(options));
        }

        ThrowIfRemoved(peer);
        var reset = PeerChange.NeedsReset(peer.Options, options);
        _listeners.Keys.Set(options.Address, options.Password);
        return await peer.Driver.ReconfigureAsync(options, reset, Cease(CeaseSubcode.OtherConfigurationChange, null)).ConfigureAwait(false);
    }

    internal Task ResetPeerAsync(BgpPeer peer, string? message)
    {
        ThrowIfRemoved(peer);
        return peer.Driver.ResetAsync(new BgpDownReason(BgpDownKind.Reset, Cease(CeaseSubcode.AdministrativeReset, message)));
    }

    internal async Task RemovePeerAsync(BgpPeer peer, BgpStopOptions options, CancellationToken cancellationToken)
    {
        OptionsValidation.ThrowIfInvalid(options);
        await StopPeerAsync(peer, options, CeaseSubcode.PeerDeconfigured, BgpDownKind.PeerRemoved, cancellationToken).ConfigureAwait(false);
        if (_peers.TryRemove(new KeyValuePair<IPAddress, BgpPeer>(peer.Options.Address, peer)))
        {
            _listeners.Keys.Set(peer.Options.Address, null);
        }
    }

    private static BgpNotification Cease(byte subcode, string? message) =>
        new(
            BgpErrorCode.Cease,
            subcode,
            message is not null && (subcode is CeaseSubcode.AdministrativeShutdown or CeaseSubcode.AdministrativeReset) ? ShutdownCommunication.Encode(message) : []);

    private void ThrowIfRemoved(BgpPeer peer)
    {
        if (!_peers.TryGetValue(peer.Options.Address, out var known) || known != peer)
        {
            throw new InvalidOperationException($"The peer {peer.Options.Address} was removed.");
        }
    }

    private static void Start(BgpPeer peer) => peer.Driver.Post(peer.Driver.Event(FsmEventKind.ManualStart));

    private static Task StopPeerAsync(BgpPeer peer, BgpStopOptions options, byte subcode, BgpDownKind kind, CancellationToken cancellationToken)
    {
        var notification = options.Mode == BgpStopMode.KeepForwarding ? null : Cease(subcode, options.Message);
        return peer.Driver.StopAsync(options, new BgpDownReason(kind, notification), cancellationToken);
    }

    private PeerDriver? FindOrAccept(IPEndPoint remote)
    {
        if (_peers.TryGetValue(remote.Address, out var known))
        {
            return known.Driver;
        }

        if (_options.AcceptPeer?.Invoke(remote) is not { } accepted)
        {
            return null;
        }

        return remote.Address.Equals(accepted.Address)
            ? AddPeer(accepted).Driver
            : throw new ArgumentException($"AcceptPeer was asked about {remote.Address} and gave options with address {accepted.Address}.");
    }

    private async Task StartCoreAsync()
    {
        await _listeners.StartAsync().ConfigureAwait(false);
        IReadOnlyCollection<BgpPeer> peers;
        lock (_lock)
        {
            _peersStarted = true;
            peers = Peers;
        }

        foreach (var peer in peers)
        {
            Start(peer);
        }
    }

    /// <summary>
    /// Stops in the time that the options give by the machine's clock too: the speaker's own may be one that a test moves, and
    /// nobody moves it while the test disposes what it used.
    /// </summary>
    private async Task EndAsync(BgpStopOptions options)
    {
        var stop = StopAsync(options);
        await stop.WaitAsync(options.Timeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCompleted)
        {
            foreach (var peer in Peers)
            {
                peer.Driver.HurryStop();
            }

            await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StopCoreAsync(BgpStopOptions options, CancellationToken cancellationToken)
    {
        if (_start is { } start)
        {
            await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Side by side: a listener that is slow to close must not cost the peers their withdrawal.
        var listeners = _listeners.DisposeAsync().AsTask();
        var peers = Peers.Select(peer => StopPeerAsync(peer, options, CeaseSubcode.AdministrativeShutdown, BgpDownKind.Stopped, cancellationToken));
        try
        {
            await Task.WhenAll([listeners, .. peers]).ConfigureAwait(false);
        }
        finally
        {
            await _services.EndBfdAsync().ConfigureAwait(false);
            _services.Timers.Dispose();
            _services.Metrics.Dispose();
        }
    }
}
