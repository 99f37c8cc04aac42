using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.Session;

/// <summary>Code that an application plugs in throws, and the sessions go on.</summary>
public sealed class PluggedInCodeTests
{
    private static readonly IpPrefix Bad = IpPrefix.Parse("203.0.113.66/32");

    [Fact]
    public async Task An_export_rule_that_throws_keeps_its_route_back_and_no_other()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce([Bad, SpeakerFixture.Vip]);
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            Export = context => context.Prefix == Bad ? throw new InvalidOperationException("boom") : context.Attributes,
        });
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        (await router.ExpectUpdateAsync()).Announced.Select(route => route.Prefix).Should().Equal(SpeakerFixture.Vip);
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();
        fixture.Speaker.Routes.Announce(new BgpRoute(Bad, new BgpRouteAttributes { Med = 1 }));
        await SpeakerFixture.WithinPatience(token => peer.FlushAsync(token));
        peer.State.Should().Be(BgpSessionState.Established);
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("export rule threw", StringComparison.Ordinal) && line.Contains("203.0.113.66/32", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flush_ends_when_what_was_pending_needs_no_message()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            Export = _ => null,
        });
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        for (var round = 0u; round < 2000; round++)
        {
            fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Med = round }));
            await SpeakerFixture.WithinPatience(token => peer.FlushAsync(token));
        }

        peer.GetStatistics().PrefixesAdvertised.Should().Be(0);
    }

    [Fact]
    public async Task A_logger_that_throws_costs_no_session_and_no_NOTIFICATION()
    {
        await using var fixture = SpeakerFixture.Create(loggers: new BrokenLoggers());
        var (peer, router) = await fixture.EstablishAsync();
        await router.SendAsync(TestMessages.Raw(19, 77));
        (await router.ExpectNotificationAsync()).Code.Should().Be(BgpErrorCode.MessageHeader);
        await router.ExpectCloseAsync();
        await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
    }

    [Fact]
    public async Task A_metrics_listener_that_throws_leaves_the_timers_running()
    {
        using var meters = new TestMeterFactory();
        await using var fixture = SpeakerFixture.Create(meters: meters, expectsFaults: true);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("boom"));
        listener.Start();
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        await fixture.AdvanceUntilAsync(() => peer.State != BgpSessionState.Established, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await router.ExpectNotificationAsync()).Code.Should().Be(BgpErrorCode.HoldTimerExpired);
    }

    private sealed class BrokenLoggers : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("no space left on device");

        public void Dispose()
        {
        }
    }
}
