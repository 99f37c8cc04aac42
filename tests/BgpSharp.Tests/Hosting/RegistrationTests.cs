using System.Diagnostics.Metrics;
using System.Net;
using BgpSharp.Hosting;
using BgpSharp.Tests.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BgpSharp.Tests.Hosting;

/// <summary>What <c>AddBgpSpeaker</c> puts into the container.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Speakers_with_names_are_keyed_singletons_beside_the_one_without()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.Section());
        fixture.Services.AddBgpSpeaker("edge", HostedFixture.Section(("LocalAsn", "65010"), ("Peers:0:Address", "198.51.100.2")));
        fixture.Services.AddBgpSpeaker("core", HostedFixture.WithTwoPeers);
        using var host = fixture.Builder.Build();
        await host.StartAsync();

        var all = new[] { host.Services.GetRequiredService<BgpSpeaker>(), host.Services.GetRequiredKeyedService<BgpSpeaker>("edge"), host.Services.GetRequiredKeyedService<BgpSpeaker>("core") };

        all.Should().OnlyHaveUniqueItems();
        all.Select(speaker => speaker.LocalAsn.Value).Should().Equal(65000, 65010, 65000);
        all.Select(speaker => speaker.Peers.Count).Should().Equal(1, 1, 2);
        all.Select(speaker => speaker.Routes.Count).Should().Equal(1, 1, 0);
        host.Services.GetRequiredKeyedService<BgpSpeaker>("edge").Should().BeSameAs(all[1]);
        await HostedFixture.StopAsync(host);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        var services = new ServiceCollection();
        services.AddBgpSpeaker(HostedFixture.WithTwoPeers);
        services.AddBgpSpeaker("edge", HostedFixture.WithTwoPeers);

        services.Invoking(again => again.AddBgpSpeaker(HostedFixture.Section())).Should().Throw<InvalidOperationException>().WithMessage("There is a BGP speaker without a name already*");
        services.Invoking(again => again.AddBgpSpeaker("edge", HostedFixture.Section())).Should().Throw<InvalidOperationException>().WithMessage("There is a BGP speaker named edge already*");
        services.Invoking(again => again.AddBgpSpeaker("", HostedFixture.Section())).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Code_has_the_last_word_over_the_section()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Facts(BgpIdentifier.Parse("198.51.100.77")));
        services.AddBgpSpeaker(SectionReading.Section(SectionReading.Least, ("RouterId", null)))
            .Configure(options => options.Peers["0"] = new BgpPeerOptions(options.Peers["0"]) { Export = _ => null });
        services.AddOptions<BgpHostedSpeakerOptions>().Configure<Facts>((options, facts) => options.RouterId = facts.RouterId);
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<BgpSpeaker>().RouterId.Should().Be(BgpIdentifier.Parse("198.51.100.77"));
        provider.GetRequiredService<IOptionsMonitor<BgpHostedSpeakerOptions>>().CurrentValue.Peers["0"].Export.Should().NotBeNull();
    }

    [Fact]
    public async Task Logger_clock_network_and_meters_come_from_the_container()
    {
        var fixture = new HostedFixture();
        using var meters = new TestMeterFactory();
        var published = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => published += instrument.Meter.Scope == meters ? 1 : 0 };
        listener.Start();
        fixture.Services.AddSingleton<IMeterFactory>(meters).AddBgpSpeaker(HostedFixture.Section());
        using var host = fixture.Builder.Build();

        await host.StartAsync();

        published.Should().BePositive("the meter is the container's");
        var peer = host.Services.GetRequiredService<BgpSpeaker>().Peers.Single();
        await SpeakerFixture.UntilAsync(() => fixture.Network.Dials == 1, "the peer is dialled on the container's network");
        await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        await SpeakerFixture.UntilAsync(() => fixture.Logs.Lines.Any(line => line.Contains("198.51.100.1", StringComparison.Ordinal)), "the container's logger is told");
        for (var moved = 0; fixture.Network.Dials == 1; moved++)
        {
            moved.Should().BeLessThan(6000, "the peer is dialled again as the container's clock moves on");
            fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
            await SpeakerFixture.Settle();
        }

        await HostedFixture.StopAsync(host);
    }

    [Fact]
    public async Task Without_any_of_them_the_speaker_has_its_own()
    {
        var services = new ServiceCollection();
        services.AddBgpSpeaker(options =>
        {
            options.LocalAsn = 65000;
            options.RouterId = SpeakerFixture.LocalIdentifier;
            options.ListenEndPoints.Add(new IPEndPoint(IPAddress.Loopback, 0));
        });
        await using var provider = services.BuildServiceProvider();
        var hosted = (IHostedLifecycleService)provider.GetServices<IHostedService>().Single();

        await hosted.StartingAsync(CancellationToken.None);
        await hosted.StartedAsync(CancellationToken.None);

        provider.GetRequiredService<BgpSpeaker>().ListenEndPoints.Single().Port.Should().NotBe(0);
        await hosted.StoppingAsync(CancellationToken.None);
    }

    private sealed record Facts(BgpIdentifier RouterId);
}
