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
/// after its route was withdrawn, the routers have that, and the linger is over. What waits for routers waits beside the
/// loop, which withdraws at once what is no longer well.
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
    private readonly Channel<Action> _events = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _loopEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly AdvertiserJournal _journal;
    private readonly OwnedTasks _tasks;
    private volatile AdvertiserState _state;
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationTokenSource _ending = new();
    private CancellationTokenSource _watching = new();
    private IReadOnlyList<VipAnnouncement> _announced = [];
    private HashSet<IPAddress> _known = [];
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

    /// <summary>How long the sessions may take to close, by the configuration that is in force.</summary>
    public TimeSpan StopTimeout => _state.Options.Stop.Timeout;

    public byte[]? RecordingOf(string peer) => _announcer.RecordingOf(peer);

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

        // What is being done for an operator has to end: the stop waits for it.
        using var asked = stoppingToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _leaving);
        var loop = Task.CompletedTask;
        try
        {
            // Before the sessions: what needs no check is then among what End-of-RIB ends.
            Apply("no health check is configured");
            await _announcer.ApplyAsync(_state.Options, stoppingToken);
            _started = true;
            StartWatching();
            loop = HandleEventsAsync();
            await loop.WaitAsync(stoppingToken);
        }
        finally
        {
            await EndAsync(loop);
        }
    }

    /// <summary>Takes everything down, while the loop goes on, unless it is the loop that has failed.</summary>
    private async Task EndAsync(Task loop)
    {
        if (loop.IsCompleted)
        {
            _loopEnded.TrySetResult();
        }

        await _leaving.CancelAsync();
        try
        {
            await _turn.WaitAsync();
            await StopSessionsAsync(null, _signals.First is { } signal ? $"drained by {signal}" : "stopped");
            await LingerOnceMoreAsync();
        }
        finally
        {
            await _ending.CancelAsync();
            _events.Writer.TryComplete();
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _addresses.Set([]);
            await _tasks.EndAsync();
            await loop;
        }
    }

    /// <summary>Carries out what the state asks for.</summary>
    /// <param name="reason">Why, for whatever changes by it.</param>
    /// <param name="level">How loud a withdrawal is.</param>
    private void Apply(string reason, LogLevel level = LogLevel.Information)
    {
        // What has to go is withdrawn first; then addresses; then what needs them is announced.
        Announce([.. _state.Announcements(_addresses.InPlace).Where(wanted => IsIn(_announced, wanted))], reason, level);
        SetAddresses();
        var wanted = _state.Announcements(_addresses.InPlace);
        Announce(_state.Drain == DrainPhase.Draining ? [.. wanted.Where(announcement => IsIn(_announced, announcement))] : wanted, reason, level);
    }

    /// <summary>
    /// In kube-vip's place, what it left of a VIP that was not known before, as that of a name that is resolved only now, becomes
    /// ours even where it is not wanted: else it would stay, and take packets for a service that is down.
    /// </summary>
    private void SetAddresses()
    {
        var placements = _state.Placements();
        IReadOnlyList<VipPlacement> kept = [.. _state.Kept()];
        var fresh = kept.Where(vip => !_known.Contains(vip.Address) && placements.All(placement => !placement.Address.Equals(vip.Address)));
        if (_state.Options.IsKubeVip && fresh.ToList() is { Count: > 0 } unwanted)
        {
            _addresses.Set([.. placements, .. unwanted]);
        }

        _known = kept.Select(vip => vip.Address).ToHashSet();
        _addresses.Set(placements);
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
