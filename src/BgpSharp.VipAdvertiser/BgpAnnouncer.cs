using System.Buffers;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Bfd;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>Announces the VIPs with a <see cref="BgpSpeaker"/> that listens nowhere.</summary>
internal sealed partial class BgpAnnouncer(INodeAddresses node, TimeProvider time, ILoggerFactory loggerFactory, ILogger<BgpAnnouncer> logger)
    : IVipAnnouncer, IAsyncDisposable
{
    /// <summary>How often a router id is looked for while the node has no address to take it from.</summary>
    private static readonly TimeSpan RouterIdRetry = TimeSpan.FromSeconds(1);

    /// <summary>Peers that a reload has taken away, each with its end.</summary>
    private readonly Dictionary<BgpPeer, Task> _removals = [];

    private readonly Lock _gate = new();
    private readonly BfdEngine _bfd = new(loggerFactory);
    private BgpSpeaker? _speaker;
    private CancellationTokenSource _waiting = new();
    private Task _start = Task.CompletedTask;
    private AdvertiserOptions? _options;
    private IReadOnlyList<BgpRoute> _routes = [];
    private IReadOnlyList<PeerStatus> _ended = [];

    /// <summary>After the stop, as they were at its end: that is what the last export tells.</summary>
    public IReadOnlyList<PeerStatus> Peers => Speaker is { } speaker ? [.. speaker.Peers.Select(Describe)] : Volatile.Read(ref _ended);

    public BfdThreadStatus? BfdThread => _bfd is { IsRealTime: { } isRealTime, SendsAhead: { } sendsAhead }
        ? new BfdThreadStatus(_bfd.LongestDelay, isRealTime, sendsAhead)
        : null;

    public byte[]? RecordingOf(string peer)
    {
        if (Speaker?.Peers.FirstOrDefault(known => known.Options.Address.ToString() == peer) is not { } found)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>();
        found.WriteRecording(output);
        return output.WrittenSpan.ToArray();
    }

    private BgpSpeaker? Speaker
    {
        get
        {
            lock (_gate)
            {
                return _speaker;
            }
        }
    }

    public async Task ApplyAsync(AdvertiserOptions options, CancellationToken cancellationToken)
    {
        if (Speaker is { } running && (running.LocalAsn != options.LocalAsn || (options.RouterId is { } id && running.RouterId != id)))
        {
            await StopAsync(null, cancellationToken);
        }

        // What waits for a router id may be about to start a speaker.
        await StopWaitingAsync();
        var before = _options;
        _options = options;
        if (Speaker is { } speaker)
        {
            await ChangePeersAsync(speaker, before!, options, cancellationToken);
            return;
        }

        if ((options.RouterId ?? FindRouterId(options)) is { } routerId)
        {
            await StartAsync(options, routerId, cancellationToken);
        }
        else
        {
            LogNoRouterId(options.Peers[0].Session.Address);
            _start = StartLaterAsync(options, _waiting.Token);
        }
    }

    public void SetRoutes(IReadOnlyList<BgpRoute> routes)
    {
        lock (_gate)
        {
            _routes = routes;
            _speaker?.Routes.Replace(routes);
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Speaker?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>While nothing is announced there is no traffic to move away, and nothing to wait for.</summary>
    public async Task StopAsync(string? message, CancellationToken cancellationToken)
    {
        await StopWaitingAsync();
        if (Speaker is not { } speaker)
        {
            return;
        }

        var stop = _options!.Stop;
        await speaker.StopAsync(
            new BgpStopOptions
            {
                Mode = _routes.Count > 0 ? stop.Mode : BgpStopMode.Withdraw,
                DrainTime = stop.DrainTime,
                DrainMed = stop.DrainMed,
                Linger = stop.Linger,
                Timeout = stop.Timeout,
                Message = message ?? stop.Message,
            },
            cancellationToken);
        await Task.WhenAll(_removals.Values);
        _removals.Clear();
        Volatile.Write(ref _ended, [.. speaker.Peers.Select(Describe)]);
        lock (_gate)
        {
            _speaker = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopWaitingAsync();
        _waiting.Dispose();
        if (Speaker is { } speaker)
        {
            await speaker.DisposeAsync();
        }

        await _bfd.DisposeAsync();
    }

    private async Task StartAsync(AdvertiserOptions options, BgpIdentifier routerId, CancellationToken cancellationToken)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = options.LocalAsn, RouterId = routerId, LoggerFactory = loggerFactory, TimeProvider = time, BfdEngine = _bfd });
        foreach (var peer in options.Peers)
        {
            speaker.AddPeer(ToSession(peer, options));
        }

        lock (_gate)
        {
            speaker.Routes.Replace(_routes);
            _speaker = speaker;
        }

        await speaker.StartAsync(cancellationToken);
    }

    /// <summary>A node that starts may have no address yet; its peers cannot be reached before that anyway.</summary>
    private async Task StartLaterAsync(AdvertiserOptions options, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RouterIdRetry, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (FindRouterId(options) is { } routerId)
                {
                    LogRouterId(routerId);
                    await StartAsync(options, routerId, cancellationToken);
                    return;
                }
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotStarted(e);
        }
    }

    private async Task StopWaitingAsync()
    {
        await _waiting.CancelAsync();
        await _start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _waiting.Dispose();
        _waiting = new CancellationTokenSource();
        _start = Task.CompletedTask;
    }

    /// <summary>The address that the first peer is reached from; where that is IPv6, an IPv4 address of the node's.</summary>
    private BgpIdentifier? FindRouterId(AdvertiserOptions options)
    {
        var first = options.Peers[0].Session;
        IPAddress?[] candidates = [first.LocalAddress, node.FindSourceAddress(first.Address), .. node.NodeAddresses()];
        return Array.Find(candidates, address => address?.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)) is { } found
            ? BgpIdentifier.FromAddress(found)
            : null;
    }

    /// <summary>
    /// Peers that are no longer wanted are drained beside everything else. Nothing waits for that: one that is wanted back has the
    /// rest of it cut short.
    /// </summary>
    private async Task ChangePeersAsync(BgpSpeaker speaker, AdvertiserOptions before, AdvertiserOptions options, CancellationToken cancellationToken)
    {
        foreach (var (peer, ended) in _removals.Where(removal => removal.Value.IsCompleted).ToList())
        {
            _removals.Remove(peer);
            await ended;
        }

        foreach (var peer in options.Peers)
        {
            var known = speaker.Peers.FirstOrDefault(known => known.Options.Address.Equals(peer.Session.Address));
            if (known is not null && _removals.Remove(known, out var end))
            {
                await Task.WhenAll(end, known.RemoveAsync(before.Stop, new CancellationToken(canceled: true)));
                known = null;
            }

            if (known is null)
            {
                speaker.AddPeer(ToSession(peer, options));
                continue;
            }

            // The rule that is in force is given again where it is the same: another one would send every route again.
            var same = before.Peers.Any(old => old.Session.Address.Equals(peer.Session.Address) && old.Route.IsSameAs(peer.Route));
            await known.UpdateAsync(same ? new BgpPeerOptions(peer.Session) { Export = known.Options.Export } : ToSession(peer, options), cancellationToken);
        }

        var leaving = speaker.Peers.Where(peer => options.Peers.All(other => !other.Session.Address.Equals(peer.Options.Address)));
        foreach (var peer in leaving.Where(peer => !_removals.ContainsKey(peer)))
        {
            _removals.Add(peer, peer.RemoveAsync(before.Stop, CancellationToken.None));
        }
    }

    private static BgpPeerOptions ToSession(PeerOptions peer, AdvertiserOptions options) =>
        PeerExport.Make(peer.Route, options.LocalAsn) is { } export ? new BgpPeerOptions(peer.Session) { Export = export } : peer.Session;

    private static PeerStatus Describe(BgpPeer peer)
    {
        var (status, statistics, bfd) = (peer.Status, peer.GetStatistics(), peer.Bfd);
        return new PeerStatus(
            peer.Options.Address.ToString(),
            peer.Options.Port,
            peer.Options.RemoteAsn.Value,
            status.State.ToString(),
            status.Session?.EstablishedAt,
            status.Session?.HoldTime,
            status.LastDown?.ToString(),
            statistics.PrefixesAdvertised,
            statistics.SessionsLost)
        {
            Explain = status.Session is null ? () => peer.Explain().ToString() : null,
            PrefixesWithheld = statistics.PrefixesWithheld,
            Bfd = peer.Options.Bfd is null ? null : bfd?.Status.ToString() ?? "not begun: it waits for the first BGP session",
            IsBfdUp = peer.Options.Bfd is null ? null : bfd?.State == BfdState.Up,
            BfdDowns = bfd?.GetStatistics().TimesDown ?? 0,
            IsBfdSlowed = bfd?.Status is { IsSlowed: true, State: BfdState.Up },
        };
    }
}
