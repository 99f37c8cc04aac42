using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BgpSharp.VipAdvertiser;

/// <summary>Announces the VIP with a <see cref="BgpSpeaker"/> that listens nowhere.</summary>
internal sealed class BgpAnnouncer : IVipAnnouncer, IAsyncDisposable
{
    private readonly IpPrefix _vip;
    private readonly BgpSpeaker _speaker;
    private readonly BgpStopOptions _stop;

    public BgpAnnouncer(IOptions<VipOptions> options, ILoggerFactory loggerFactory)
    {
        _vip = IpPrefix.Host(options.Value.Vip);
        _stop = options.Value.Stop;
        _speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = options.Value.LocalAsn,
            RouterId = options.Value.RouterId,
            LoggerFactory = loggerFactory,
        });
        foreach (var peer in options.Value.Peers)
        {
            _speaker.AddPeer(peer);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => _speaker.StartAsync(cancellationToken);

    public void Announce() => _speaker.Routes.Announce(new BgpRoute(_vip));

    public void Withdraw() => _speaker.Routes.Withdraw(_vip);

    /// <summary>While nothing is announced there is no traffic to move away, and nothing to wait for.</summary>
    public Task StopAsync() => _speaker.StopAsync(
        _speaker.Routes.Count > 0 ? _stop : new BgpStopOptions { Mode = BgpStopMode.Withdraw, Timeout = _stop.Timeout, Message = _stop.Message });

    public ValueTask DisposeAsync() => _speaker.DisposeAsync();
}
