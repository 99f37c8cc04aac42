using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BgpSharp.VipAdvertiser;

/// <summary>Announces the VIP with a <see cref="BgpSpeaker"/> that listens nowhere.</summary>
internal sealed class BgpAnnouncer : IVipAnnouncer, IAsyncDisposable
{
    private readonly IpPrefix _vip;
    private readonly BgpSpeaker _speaker;

    public BgpAnnouncer(IOptions<VipOptions> options, ILoggerFactory loggerFactory)
    {
        _vip = IpPrefix.Host(options.Value.Vip);
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

    public Task StopAsync() => _speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Withdraw });

    public ValueTask DisposeAsync() => _speaker.DisposeAsync();
}
