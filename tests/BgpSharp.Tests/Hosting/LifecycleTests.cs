using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Hosting;
using BgpSharp.Tests.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BgpSharp.Tests.Hosting;

/// <summary>The order of start and stop: routers send traffic only while the host's other services run.</summary>
public sealed class LifecycleTests
{
    private const string Secret = "hunter2-hush";

    [Fact]
    public async Task The_speaker_starts_after_the_other_services_and_withdraws_before_any_of_them_stops()
    {
        var fixture = new HostedFixture();
        var events = new ConcurrentQueue<string>();
        fixture.Services.AddSingleton<IHostedService>(services => new Neighbour("before", events, services.GetRequiredService<BgpSpeaker>(), fixture.Network));
        fixture.Services.AddBgpSpeaker(HostedFixture.Section());
        fixture.Services.AddSingleton<IHostedService>(services => new Neighbour("after", events, services.GetRequiredService<BgpSpeaker>(), fixture.Network));
        await using var listener = fixture.Listen(HostedFixture.FirstAddress);
        using var host = fixture.Builder.Build();

        await host.StartAsync();
        await using var router = await HostedFixture.EstablishAsync(listener, host.Services.GetRequiredService<BgpSpeaker>());
        (await router.ExpectUpdateAsync()).Announced.Select(route => route.Prefix).Should().Equal(SpeakerFixture.Vip);
        await router.ExpectUpdateAsync();
        var stop = host.StopAsync();
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(SpeakerFixture.Vip);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        events.Should().NotContain(text => text.Contains("stops", StringComparison.Ordinal), "the session is not closed yet");
        await router.ExpectCloseAsync();
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);

        events.Should().Equal(
            "before starts with 1 peers, 0 dials", "after starts with 1 peers, 0 dials",
            "after stops, the peer is Idle", "before stops, the peer is Idle");
    }

    [Fact]
    public async Task A_stop_goes_as_the_section_says()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section(("Stop:Mode", "Drain"), ("Stop:Message", "node drain")));
        await using var listener = fixture.Listen(HostedFixture.FirstAddress);
        using var host = fixture.Builder.Build();
        await host.StartAsync();
        await using var router = await HostedFixture.EstablishAsync(listener, host.Services.GetRequiredService<BgpSpeaker>());
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();
        using var patience = new CancellationTokenSource();

        var stop = host.StopAsync(patience.Token);
        (await router.ExpectUpdateAsync()).Announced.Single().Attributes.Communities.Should().Equal([Community.GracefulShutdown], "a drain begins with GRACEFUL_SHUTDOWN");
        await patience.CancelAsync();
        (await router.ExpectNotificationAsync()).ShutdownCommunication.Should().Be("node drain", "a stop without time left still says why");
        await router.ExpectCloseAsync();
        await router.DisposeAsync();
        await stop.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_wrong_section_fails_the_start_with_every_problem_and_without_the_password()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section(("Peers:0:Password", Secret), ("Peers:0:Port", "0"), ("LocalAsn", "x"), ("Pass", Secret)));
        using var host = fixture.Builder.Build();

        var start = () => host.StartAsync();

        var wrong = (await start.Should().ThrowAsync<OptionsValidationException>()).Which;
        wrong.Failures.Should().HaveCount(3);
        wrong.ToString().Should().NotContain(Secret);
        fixture.Network.Dials.Should().Be(0);
        host.Services.Invoking(services => services.GetRequiredService<BgpSpeaker>()).Should().Throw<OptionsValidationException>("there is no speaker without options");
    }

    [Fact]
    public async Task Two_speakers_that_are_wrong_fail_the_start_together()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker("one", HostedFixture.Section(("RouterId", null)));
        fixture.Services.AddBgpSpeaker("other", options =>
        {
            HostedFixture.WithTwoPeers(options);
            options.LocalAsn = 0;
            options.Peers["tor1"] = new BgpPeerOptions { Address = HostedFixture.FirstAddress, RemoteAsn = 65001, Port = 0 };
            options.Routes.Add(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { NextHop = IPAddress.Loopback }));
        });
        using var host = fixture.Builder.Build();

        var start = () => host.StartAsync();

        var all = (await start.Should().ThrowAsync<AggregateException>()).Which.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures);
        all.Should().BeEquivalentTo(
            "Bgp:RouterId is missing; allowed: four dotted octets, not 0.0.0.0, such as 198.51.100.11.",
            "other:LocalAsn is 0; allowed: 1 to 4294967295.",
            "other:Peers:tor1:Port is 0; allowed: 1 to 65535.",
            "other:Routes:0 cannot be announced: The next hop 127.0.0.1 is a loopback address; allowed: a unicast address that peers can reach, or none for the session's own.");
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_had_fails_the_start()
    {
        var fixture = new HostedFixture();
        await using var taken = fixture.Listen(SpeakerFixture.LocalIdentifierAddress);
        fixture.Services.AddBgpSpeaker(HostedFixture.Section(("ListenEndPoints", "198.51.100.11")));
        using var host = fixture.Builder.Build();

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<SocketException>();
    }

    [Fact]
    public async Task A_password_is_in_no_log_line()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section(("Peers:0:Password", Secret))).AddHealthCheck();
        await using var listener = fixture.Listen(HostedFixture.FirstAddress);
        using var host = fixture.Builder.Build();
        await host.StartAsync();
        await using var router = await HostedFixture.EstablishAsync(listener, host.Services.GetRequiredService<BgpSpeaker>());

        await HostedFixture.StopAsync(host, router);

        fixture.Logs.Lines.Should().Contain(line => line.Contains("established", StringComparison.Ordinal)).And.NotContain(line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disposing_the_container_synchronously_ends_the_session()
    {
        var network = new MemoryTransport();
        var services = new ServiceCollection();
        services.AddSingleton<BgpTransport>(network).AddBgpSpeaker(HostedFixture.Section());
        await using var listener = network.Listen(new IPEndPoint(HostedFixture.FirstAddress, 179));
        var provider = services.BuildServiceProvider();
        var hosted = provider.GetServices<IHostedService>().OfType<HostedSpeaker>().Single();
        await hosted.StartingAsync(CancellationToken.None);
        await hosted.StartedAsync(CancellationToken.None);
        await using var router = await HostedFixture.EstablishAsync(listener, provider.GetRequiredService<BgpSpeaker>());

        var disposal = Task.Run(provider.Dispose);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        await router.DisposeAsync();
        await disposal.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_host_without_stages_stops_the_speaker_too()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section());
        await using var listener = fixture.Listen(HostedFixture.FirstAddress);
        using var host = fixture.Builder.Build();
        await host.StartAsync();
        await using var router = await HostedFixture.EstablishAsync(listener, host.Services.GetRequiredService<BgpSpeaker>());

        var stop = host.Services.GetServices<IHostedService>().OfType<HostedSpeaker>().Single().StopAsync(CancellationToken.None);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
    }

    private sealed class Neighbour(string name, ConcurrentQueue<string> events, BgpSpeaker speaker, MemoryTransport network) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            events.Enqueue($"{name} starts with {speaker.Peers.Count} peers, {network.Dials} dials");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            events.Enqueue($"{name} stops, the peer is {speaker.Peers.Single().State}");
            return Task.CompletedTask;
        }
    }
}
