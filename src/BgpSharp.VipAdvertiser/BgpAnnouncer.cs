using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>Announces the VIPs with a <see cref="BgpSpeaker"/> that listens nowhere.</summary>
internal sealed class BgpAnnouncer(ILoggerFactory loggerFactory) : IVipAnnouncer, IAsyncDisposable
{
    private volatile BgpSpeaker? _speaker;
    private AdvertiserOptions? _options;
    private IReadOnlyList<BgpRoute> _routes = [];

    public IReadOnlyList<PeerStatus> Peers => [.. (_speaker?.Peers ?? []).Select(Describe)];

    public async Task ApplyAsync(AdvertiserOptions options, CancellationToken cancellationToken)
    {
        if (_speaker is not null && (_options!.LocalAsn != options.LocalAsn || _options.RouterId != options.RouterId))
        {
            await StopAsync(null, cancellationToken);
        }

        if (_speaker is null)
        {
            await StartAsync(options, cancellationToken);
        }
        else
        {
            await ChangePeersAsync(_speaker, options, cancellationToken);
        }

        _options = options;
    }

    public void SetRoutes(IReadOnlyList<BgpRoute> routes)
    {
        _routes = routes;
        _speaker?.Routes.Replace(routes);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => _speaker?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>While nothing is announced there is no traffic to move away, and nothing to wait for.</summary>
    public async Task StopAsync(string? message, CancellationToken cancellationToken)
    {
        if (_speaker is not { } speaker)
        {
            return;
        }

        var stop = _options!.Stop;
        await speaker.StopAsync(
            new BgpStopOptions
            {
                Mode = _routes.Count > 0 ? stop.Mode : BgpStopMode.Withdraw,
                DrainTime = stop.DrainTime,
                Linger = stop.Linger,
                Timeout = stop.Timeout,
                Message = message ?? stop.Message,
            },
            cancellationToken);
        _speaker = null;
        _routes = [];
    }

    public async ValueTask DisposeAsync()
    {
        if (_speaker is { } speaker)
        {
            await speaker.DisposeAsync();
        }
    }

    private async Task StartAsync(AdvertiserOptions options, CancellationToken cancellationToken)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = options.LocalAsn,
            RouterId = options.RouterId!.Value,
            LoggerFactory = loggerFactory,
        });
        foreach (var peer in options.Peers)
        {
            speaker.AddPeer(ToSession(peer, options));
        }

        speaker.Routes.Replace(_routes);
        _speaker = speaker;
        await speaker.StartAsync(cancellationToken);
    }

    private static async Task ChangePeersAsync(BgpSpeaker speaker, AdvertiserOptions options, CancellationToken cancellationToken)
    {
        foreach (var gone in speaker.Peers.Where(peer => options.Peers.All(other => !other.Session.Address.Equals(peer.Options.Address))))
        {
            await gone.RemoveAsync(options.Stop, cancellationToken);
        }

        foreach (var peer in options.Peers)
        {
            if (speaker.Peers.FirstOrDefault(known => known.Options.Address.Equals(peer.Session.Address)) is { } known)
            {
                await known.UpdateAsync(ToSession(peer, options), cancellationToken);
            }
            else
            {
                speaker.AddPeer(ToSession(peer, options));
            }
        }
    }

    private static BgpPeerOptions ToSession(PeerOptions peer, AdvertiserOptions options) =>
        PeerExport.Make(peer.Route, options.LocalAsn) is { } export ? new BgpPeerOptions(peer.Session) { Export = export } : peer.Session;

    private static PeerStatus Describe(BgpPeer peer)
    {
        var (status, statistics) = (peer.Status, peer.GetStatistics());
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
            PrefixesWithheld = statistics.PrefixesWithheld,
        };
    }
}
