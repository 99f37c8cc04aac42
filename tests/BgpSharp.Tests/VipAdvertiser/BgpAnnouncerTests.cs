using System.Net;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>Peers that come and go, with routers on loopback.</summary>
public sealed class BgpAnnouncerTests : INodeAddresses, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BgpAnnouncer _announcer;
    private readonly CancellationTokenSource _hurry = new();
    private readonly BgpSpeaker _staying = Router("127.0.0.1"), _leaving = Router("127.0.0.2");

    public BgpAnnouncerTests() =>
        _announcer = new BgpAnnouncer(this, TimeProvider.System, NullLoggerFactory.Instance, NullLogger<BgpAnnouncer>.Instance);

    [Fact]
    public async Task A_reload_while_a_router_that_an_earlier_one_took_away_is_drained_waits_for_no_drain()
    {
        await ApplyAsync(_staying);

        await ApplyAsync(_staying);

        _leaving.Peers.Single().Status.State.Should().Be(BgpSessionState.Established, "it is drained for ten minutes");
        _announcer.Peers.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_router_that_is_wanted_back_while_it_is_drained_has_a_new_session_without_waiting_for_the_drain()
    {
        await ApplyAsync(_staying);

        await ApplyAsync(_staying, _leaving);

        await EstablishedAsync(times: 2);
        _staying.Peers.Single().GetStatistics().SessionsEstablished.Should().Be(1, "nothing has changed for it");
        _announcer.Peers.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_router_that_is_taken_away_again_and_again_is_drained_each_time()
    {
        await ApplyAsync(_staying);
        await ApplyAsync(_staying, _leaving);
        await EstablishedAsync(times: 2);

        await ApplyAsync(_staying);

        _leaving.Peers.Single().Status.State.Should().Be(BgpSessionState.Established, "it is drained for ten minutes");
    }

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_staying.StartAsync(), _leaving.StartAsync());
        _announcer.SetRoutes([new BgpRoute(IpPrefix.Parse("203.0.113.10/32"), new BgpRouteAttributes())]);
        await ApplyAsync(_staying, _leaving);
        await EstablishedAsync(times: 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _hurry.CancelAsync();
        await _announcer.StopAsync(null, _hurry.Token).WaitAsync(Patience);
        await _announcer.DisposeAsync();
        await _staying.DisposeAsync();
        await _leaving.DisposeAsync();
        _hurry.Dispose();
    }

    IReadOnlyList<IPAddress> INodeAddresses.NodeAddresses() => [];

    IPAddress? INodeAddresses.FindSourceAddress(IPAddress peer) => null;

    private Task ApplyAsync(params IReadOnlyList<BgpSpeaker> routers) =>
        _announcer.ApplyAsync(Options(routers), TestContext.Current.CancellationToken).WaitAsync(Patience);

    /// <summary>At both ends: a session that is not Established here has nothing to drain.</summary>
    private async Task EstablishedAsync(int times)
    {
        await SpeakerFixture.UntilAsync(() => _leaving.Peers.Single().GetStatistics().SessionsEstablished == times, "the router that comes and goes has its session");
        await Task.WhenAll(new[] { _staying, _leaving }.Select(router => router.Peers.Single().WaitForEstablishedAsync().WaitAsync(Patience)));
        await SpeakerFixture.UntilAsync(() => _announcer.Peers.All(peer => peer.State == nameof(BgpSessionState.Established)), "so it is at this end");
    }

    private static BgpSpeaker Router(string address)
    {
        var router = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse("198.51.100.9"),
            ListenEndPoints = [new IPEndPoint(IPAddress.Parse(address), 0)],
        });
        router.AddPeer(new BgpPeerOptions { Address = IPAddress.Parse("127.0.0.3"), RemoteAsn = 65000, ConnectMode = BgpConnectMode.Passive });
        return router;
    }

    private static AdvertiserOptions Options(IReadOnlyList<BgpSpeaker> routers) => new()
    {
        Vips = [],
        LocalAsn = 65000,
        RouterId = BgpIdentifier.Parse("198.51.100.11"),
        LogLevel = LogLevel.Information,
        Peers = [.. routers.Select(router => Peer(router.ListenEndPoints[0]))],
        Stop = new BgpStopOptions { Mode = BgpStopMode.Drain, DrainTime = TimeSpan.FromMinutes(10), Timeout = TimeSpan.FromMinutes(11) },
        Gate = null,
        Http = null,
        IsKubeVip = false,
        Remarks = [],
    };

    private static PeerOptions Peer(IPEndPoint router) => new()
    {
        Session = new BgpPeerOptions { Address = router.Address, Port = router.Port, LocalAddress = IPAddress.Parse("127.0.0.3"), RemoteAsn = 65001 },
        Route = RouteOptions.None,
    };
}
