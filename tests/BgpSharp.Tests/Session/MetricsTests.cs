using System.Diagnostics.Metrics;

namespace BgpSharp.Tests.Session;

public sealed class MetricsTests
{
    [Fact]
    public async Task Every_instrument_says_what_happened()
    {
        using var meters = new TestMeterFactory();
        using var metrics = new CollectedMetrics(meters);
        await using var fixture = SpeakerFixture.Create(meters: meters);
        fixture.Speaker.Routes.Announce([SpeakerFixture.Vip, IpPrefix.Parse("203.0.113.11/32")]);
        var (peer, router) = await fixture.EstablishAsync();
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };
        await router.SendUpdateAsync(attributes, IpPrefix.Parse("203.0.113.128/25"), IpPrefix.Parse("203.0.113.64/26"), IpPrefix.Parse("203.0.113.32/27"));
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().PrefixesReceived == 3, "the UPDATE arrives");

        metrics.Read();
        const string who = "network.peer.address=198.51.100.9 bgp.peer.asn=65001";
        metrics.Value("bgp.session.state", $"{who} bgp.session.state=established").Should().Be(1);
        metrics.Names("bgp.session.state").Should().ContainSingle("a peer is in one state");
        metrics.Value("bgp.routes.advertised", who).Should().Be(2);
        metrics.Value("bgp.routes.received", who).Should().Be(3);
        metrics.Value("bgp.routes.withdrawn", who).Should().Be(0);
        metrics.Value("bgp.routes.discarded", who).Should().Be(0);
        Message("open", "transmit").Should().Be(1);
        Message("open", "receive").Should().Be(1);
        Message("keepalive", "transmit").Should().Be(1);
        Message("keepalive", "receive").Should().Be(1);
        Message("update", "transmit").Should().Be(2, "the routes share one UPDATE, and End-of-RIB is another");
        Message("update", "receive").Should().Be(1);
        Message("notification", "receive").Should().Be(0);
        metrics.Value("bgp.session.transitions", $"{who} bgp.session.state=established").Should().Be(1);
        metrics.Names("bgp.session.downs").Should().BeEmpty();

        await router.SendNotificationAsync(new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset));
        await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        await SpeakerFixture.UntilAsync(() => metrics.Names("bgp.session.downs").Count > 0, "the flap is counted");
        metrics.Read();
        metrics.Value("bgp.session.downs", $"{who} error.type=NotificationReceived:6/4").Should().Be(1);
        metrics.Value("bgp.routes.advertised", who).Should().Be(0, "the peer has dropped them");
        Message("notification", "receive").Should().Be(1);

        await fixture.Speaker.StopAsync(new BgpStopOptions { Timeout = TimeSpan.Zero });
        metrics.Read();
        metrics.Names("bgp.session.state").Should().BeEmpty("a speaker that has stopped has no peers in any state, though the factory's meter lives on");

        long Message(string type, string direction) => metrics.Value("bgp.messages", $"{who} bgp.message.type={type} network.io.direction={direction}");
    }

    /// <summary>What the instruments of one meter factory report: sums of counters, last values of what is observed.</summary>
    private sealed class CollectedMetrics : IDisposable
    {
        private readonly Dictionary<(string Instrument, string Tags), long> _values = [];
        private readonly MeterListener _listener = new();
        private readonly Lock _lock = new();

        public CollectedMetrics(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name == "BgpSharp")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(Add);
            _listener.Start();
        }

        public void Read()
        {
            lock (_lock)
            {
                foreach (var key in _values.Keys.Where(key => key.Instrument is not "bgp.session.transitions" and not "bgp.session.downs").ToArray())
                {
                    _values.Remove(key);
                }
            }

            _listener.RecordObservableInstruments();
        }

        public long Value(string instrument, string tags)
        {
            lock (_lock)
            {
                _values.Should().ContainKey((instrument, tags));
                return _values[(instrument, tags)];
            }
        }

        public IReadOnlyList<string> Names(string instrument)
        {
            lock (_lock)
            {
                return [.. _values.Keys.Where(key => key.Instrument == instrument).Select(key => key.Tags)];
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            List<string> parts = [];
            foreach (var (key, tag) in tags)
            {
                parts.Add($"{key}={tag}");
            }

            lock (_lock)
            {
                var id = (instrument.Name, string.Join(' ', parts));
                _values[id] = instrument.IsObservable ? value : _values.GetValueOrDefault(id) + value;
            }
        }
    }
}
