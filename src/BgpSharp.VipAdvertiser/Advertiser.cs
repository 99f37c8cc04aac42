using System.Net;
using System.Threading.Channels;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>
/// The host's one loop: what happens comes in as an event, changes <see cref="AdvertiserState"/>, and the difference is
/// carried out in the order that loses nothing. A VIP is on its interface before it is announced, and leaves it only
/// after its route was withdrawn, the routers have that, and the linger is over.
/// </summary>
internal sealed partial class Advertiser : BackgroundService, IHostControl
{
    private readonly IVipAddresses _addresses;
    private readonly IVipAnnouncer _announcer;
    private readonly IHealthGateFactory _gates;
    private readonly INameResolver _resolver;
    private readonly IConfigurationLoader _loader;
    private readonly StopSignals _signals;
    private readonly ExitStatus _exit;
    private readonly TimeProvider _time;
    private readonly ILogger<Advertiser> _logger;
    private readonly Channel<Func<Task>> _events = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AdvertiserJournal _journal;
    private readonly OwnedTasks _tasks;
    private volatile AdvertiserState _state;
    private readonly CancellationTokenSource _ending = new();
    private CancellationTokenSource _watching = new();
    private IReadOnlyList<VipAnnouncement> _announced = [];
    private long _lingers;
    private bool _started;

    public Advertiser(
        AdvertiserOptions options,
        IVipAddresses addresses,
        IVipAnnouncer announcer,
        IHealthGateFactory gates,
        INameResolver resolver,
        IConfigurationLoader loader,
        StopSignals signals,
        ExitStatus exit,
        TimeProvider time,
        ILogger<Advertiser> logger)
    {
        (_addresses, _announcer, _gates, _resolver, _loader) = (addresses, announcer, gates, resolver, loader);
        (_signals, _exit, _time, _logger) = (signals, exit, time, logger);
        _state = new AdvertiserState { Options = options };
        _journal = new AdvertiserJournal(time);
        _tasks = new OwnedTasks(e => _events.Writer.TryComplete(e));
    }

    public HostStatus Status => _journal.Report(_state, _addresses.InPlace, _announcer.Peers, _announcer.BfdThread);

    public byte[]? RecordingOf(string peer) => _announcer.RecordingOf(peer);

    public Task DrainAsync(string? message, CancellationToken cancellationToken) =>
        PostAsync(() => DrainCoreAsync(message), cancellationToken);

    public Task UndoDrainAsync(CancellationToken cancellationToken) => PostAsync(UndoDrainCoreAsync, cancellationToken);

    public async Task<IReadOnlyList<string>> ReloadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> problems = [];
        await PostAsync(async () => problems = await ReloadCoreAsync(), cancellationToken);
        return problems;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop that was asked for.
        }
        catch (NetlinkException e)
        {
            _exit.Code = ExitStatus.Failed;
            LogAddressRefused(e.Message);
        }
        catch (Exception e)
        {
            _exit.Code = ExitStatus.Failed;
            LogFailed(e);
        }

        _signals.AskForStop();
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        foreach (var remark in _state.Options.Remarks)
        {
            LogRemark(remark);
        }

        try
        {
            // Before the sessions: what needs no check is then among what End-of-RIB ends.
            Apply("no health check is configured");
            await _announcer.ApplyAsync(_state.Options, stoppingToken);
            _started = true;
            StartWatching();
            await foreach (var handle in _events.Reader.ReadAllAsync(stoppingToken))
            {
                await HandleAsync(handle);
            }
        }
        finally
        {
            await _ending.CancelAsync();
            _events.Writer.TryComplete();
            try
            {
                await StopSessionsAsync(null, _signals.First is { } signal ? $"drained by {signal}" : "stopped");
                await LingerOnceMoreAsync();
            }
            finally
            {
                _addresses.Set([]);
                await _tasks.EndAsync();
                await AbandonEventsAsync();
            }
        }
    }

    /// <summary>Carries out what the state asks for.</summary>
    /// <param name="reason">Why, for whatever changes by it.</param>
    /// <param name="level">How loud a withdrawal is.</param>
    private void Apply(string reason, LogLevel level = LogLevel.Information)
    {
        // What has to go is withdrawn first; then addresses; then what needs them is announced.
        Announce([.. _state.Announcements(_addresses.InPlace).Where(wanted => IsIn(_announced, wanted))], reason, level);
        _addresses.Set(_state.Placements());
        Announce(_state.Announcements(_addresses.InPlace), reason, level);
    }

    private void Announce(IReadOnlyList<VipAnnouncement> wanted, string reason, LogLevel level)
    {
        var before = _announced;
        _announced = wanted;
        IReadOnlyList<BgpRoute> routes = [.. wanted.Select(announcement => announcement.Route)];
        _announcer.SetRoutes(routes);
        _journal.Announced(routes, reason);
        foreach (var gone in before.Where(announcement => !IsIn(wanted, announcement)))
        {
            LogWithdrawn(level, gone.Route.Prefix, reason);
            Linger(gone.Placement);
        }

        foreach (var added in wanted.Where(announcement => !IsIn(before, announcement)))
        {
            LogAnnounced(added.Route.Prefix, reason);
            _state = _state with { Lingering = _state.Lingering.Remove(added.Placement.Address) };
        }
    }

    private static bool IsIn(IReadOnlyList<VipAnnouncement> announcements, VipAnnouncement wanted) =>
        announcements.Any(other => other.Route.Prefix == wanted.Route.Prefix);

    private void Linger(VipPlacement placement)
    {
        var address = placement.Address;
        var linger = new VipLinger(placement, ++_lingers);
        _state = _state with { Lingering = _state.Lingering.SetItem(address, linger) };
        _tasks.Run(async () =>
        {
            await FlushWithinAsync(_state.Options.Stop.Timeout);
            await Task.Delay(_state.Options.Stop.Linger, _time, _ending.Token);
            Post(() => EndLinger(address, linger));
        });
    }

    private void EndLinger(IPAddress address, VipLinger linger)
    {
        if (_state.Lingering.TryGetValue(address, out var current) && current == linger)
        {
            _state = _state with { Lingering = _state.Lingering.Remove(address) };
            Apply("it was withdrawn");
        }
    }

    /// <summary>A stop just after a withdrawal leaves the address as long as it would have stayed without, at most.</summary>
    private async Task LingerOnceMoreAsync()
    {
        if (!_state.Lingering.IsEmpty)
        {
            await Task.Delay(_state.Options.Stop.Linger, _time, _signals.Hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FlushWithinAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _ending.Token);
        try
        {
            await _announcer.FlushAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            LogNotAcknowledged(limit.TotalSeconds);
        }
    }
}
