using BgpSharp.Tests.Session;
using Microsoft.Extensions.DependencyInjection;

namespace BgpSharp.Tests.Hosting;

/// <summary>Handlers that the container makes.</summary>
public sealed class HandlerTests
{
    private static readonly BgpRouteAttributes FromRouter = new() { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = HostedFixture.FirstAddress };

    [Fact]
    public async Task A_handler_from_the_container_hears_of_sessions_and_UPDATEs()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section()).AddHandler<RecordingHandler>();
        await using var listener = fixture.Listen(HostedFixture.FirstAddress);
        using var host = fixture.Builder.Build();
        await host.StartAsync();
        var handler = host.Services.GetRequiredService<RecordingHandler>();
        await using var router = await HostedFixture.EstablishAsync(listener, host.Services.GetRequiredService<BgpSpeaker>());

        (await handler.NextAsync()).Should().Be("established AS 65001");
        await router.SendUpdateAsync(FromRouter, IpPrefix.Parse("203.0.113.0/24"));
        (await handler.NextAsync()).Should().Be("update +203.0.113.0/24 -");
        await HostedFixture.StopAsync(host, router);
        (await handler.NextAsync()).Should().Be("down Stopped");
    }

    [Fact]
    public async Task A_peer_has_the_handler_for_its_name_else_its_own_else_that_for_all()
    {
        var fixture = new HostedFixture();
        var own = new RecordingHandler();
        fixture.Services.AddBgpSpeaker(HostedFixture.WithTwoPeers)
            .Configure(options => options.Peers["tor3"] = SpeakerFixture.PeerOptions(own, SpeakerFixture.RouterAddress))
            .AddHandler<RecordingHandler>()
            .AddHandler<Reflector>("TOR2");
        using var host = fixture.Builder.Build();
        await host.StartAsync();
        var speaker = host.Services.GetRequiredService<BgpSpeaker>();

        var handlers = speaker.Peers.ToDictionary(peer => peer.Options.Address, peer => peer.Options.Handler);

        handlers[HostedFixture.FirstAddress].Should().BeSameAs(host.Services.GetRequiredService<RecordingHandler>());
        handlers[HostedFixture.SecondAddress].Should().BeOfType<Reflector>().Which.Speaker.Should().BeSameAs(speaker, "a handler may want the speaker");
        handlers[SpeakerFixture.RouterAddress].Should().BeSameAs(own);
        await HostedFixture.StopAsync(host);
    }

    [Fact]
    public async Task A_handler_registered_as_transient_is_one_for_each_peer()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddTransient<RecordingHandler>();
        fixture.Services.AddBgpSpeaker(HostedFixture.WithTwoPeers).AddHandler<RecordingHandler>();
        using var host = fixture.Builder.Build();
        await host.StartAsync();

        host.Services.GetRequiredService<BgpSpeaker>().Peers.Select(peer => peer.Options.Handler).Should().AllBeOfType<RecordingHandler>().And.OnlyHaveUniqueItems();
        await HostedFixture.StopAsync(host);
    }

    [Fact]
    public async Task A_peer_that_is_accepted_has_the_handler_for_all()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section(("ListenEndPoints", "198.51.100.11")))
            .Configure(options =>
            {
                options.Peers.Clear();
                options.AcceptPeer = remote => SpeakerFixture.PeerOptions(address: remote.Address, mode: BgpConnectMode.Passive);
            })
            .AddHandler<RecordingHandler>();
        using var host = fixture.Builder.Build();
        await host.StartAsync();
        var connection = await fixture.Network.ConnectAsync(
            new BgpConnectOptions { RemoteEndPoint = SpeakerFixture.ListenEndPoint, LocalAddress = HostedFixture.SecondAddress }, CancellationToken.None);
        await using var router = new ScriptedPeer(connection, SpeakerFixture.RemoteAsn, SpeakerFixture.RemoteIdentifier);

        await router.EstablishAsync();

        (await host.Services.GetRequiredService<RecordingHandler>().NextAsync()).Should().Be("established AS 65001");
        await HostedFixture.StopAsync(host, router);
    }

    [Fact]
    public async Task A_handler_for_a_peer_that_is_not_there_fails_the_start()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.WithTwoPeers).AddHandler<RecordingHandler>("tor9");
        using var host = fixture.Builder.Build();

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>().WithMessage("Peers:tor9 is missing, but a handler was added for it; allowed: tor1, tor2.");
    }

    [Fact]
    public void A_peer_has_one_handler()
    {
        var builder = new ServiceCollection().AddBgpSpeaker(HostedFixture.WithTwoPeers).AddHandler<RecordingHandler>().AddHandler<RecordingHandler>("tor1");

        builder.Invoking(again => again.AddHandler<Reflector>()).Should().Throw<InvalidOperationException>().WithMessage("There is a handler for every peer already*");
        builder.Invoking(again => again.AddHandler<Reflector>("Tor1")).Should().Throw<InvalidOperationException>().WithMessage("There is a handler for the peer Tor1 already*");
    }

    private sealed class Reflector(BgpSpeaker speaker) : BgpPeerHandler
    {
        public BgpSpeaker Speaker { get; } = speaker;
    }
}
