using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>
/// Peers that mean harm: memory and the log stay bounded, and the session with another peer, which has no timers, is the
/// same before and after.
/// </summary>
[Collection(ProcessMemory.Name)]
public sealed class HostilePeerTests
{
    private const int Allowed = 8 << 20;

    private static readonly IPAddress Good = IPAddress.Parse("198.51.100.10");

    private static readonly BgpRouteAttributes Attributes = new() { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };

    [Theory]
    [InlineData("198.51.100.77")]
    [InlineData("198.51.100.9")]
    public async Task A_flood_of_connections_leaves_nothing_behind(string from)
    {
        await using var attacked = await Attacked.CreateAsync(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Passive,
        });
        for (var i = 0; i < 3000; i++)
        {
            // Refused, or taken and then given up for the next one, which the peer's end of it shows.
            var connection = await attacked.Fixture.DialAsync(IPAddress.Parse(from));
            await connection.DisposeAsync();
        }

        await SpeakerFixture.UntilAsync(() => attacked.Peer.Driver.ConnectionCount == 0, "the connections end when the peer has closed them");
        attacked.Verify(mostLines: 35);
    }

    [Fact]
    public async Task An_OPEN_that_comes_octet_by_octet_is_waited_for_as_long_as_any_other()
    {
        await using var attacked = await Attacked.CreateAsync();
        await using var slow = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
        await slow.ExpectAsync(MessageType.Open);
        var open = TestMessages.Open(slow.DefaultOpen());
        var sent = 0;
        while (attacked.Peer.Driver.ConnectionCount > 0 && attacked.Peer.Status.LastDown is null)
        {
            sent.Should().BeLessThan(open.Length, "the hold timer of OpenSent does not wait for the whole of it");
            await slow.SendAsync(open.AsMemory(sent++, 1));
            await attacked.Fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        (await slow.ExpectNotificationAsync()).Code.Should().Be(BgpErrorCode.HoldTimerExpired);
        sent.Should().BeGreaterThanOrEqualTo(24, "an OPEN has four minutes");
        attacked.Verify(mostLines: 3);
    }

    [Fact]
    public async Task An_OPEN_and_then_silence_has_the_hold_time()
    {
        await using var attacked = await Attacked.CreateAsync();
        await using var silent = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
        await silent.ExpectAsync(MessageType.Open);
        await silent.SendOpenAsync();
        await silent.ExpectAsync(MessageType.Keepalive);
        await attacked.Fixture.AdvanceUntilAsync(() => attacked.Peer.Status.LastDown is not null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(110));

        (await silent.ExpectNotificationAsync()).Code.Should().Be(BgpErrorCode.HoldTimerExpired);
        attacked.Verify(mostLines: 3);
    }

    [Fact]
    public async Task Messages_of_65535_octets_are_refused_by_their_header_where_nobody_offered_to_take_them()
    {
        await using var attacked = await Attacked.CreateAsync(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Passive,
            ExtendedMessages = false,
        });
        var body = new byte[65535 - 19];
        for (var i = 0; i < 200; i++)
        {
            await attacked.WaitForRoomAsync();
            await using var peer = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
            await peer.EstablishAsync();
            await peer.SendAsync(TestMessages.Raw(65535, 2));
            var notification = await peer.ExpectNotificationAsync();
            (notification.Code, notification.Subcode).Should().Be((BgpErrorCode.MessageHeader, (byte)2));
            await SpeakerFixture.UntilAsync(() => attacked.Peer.State != BgpSessionState.Established, "the session has ended");

            // What is sent all the same is read and dropped.
            await peer.SendAsync(body);
        }

        await SpeakerFixture.UntilAsync(() => attacked.Peer.Driver.ConnectionCount == 0, "the connections end");
        attacked.Verify(mostLines: 35);
    }

    [Fact]
    public async Task Distinct_prefixes_without_end_are_counted_up_to_the_limit()
    {
        const int rounds = 400;
        const int perRound = 500;
        await using var attacked = await Attacked.CreateAsync(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            ConnectMode = BgpConnectMode.Passive,
            PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 1000, Action = BgpPrefixLimitAction.Discard }],
        });
        await using var peer = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
        await peer.EstablishAsync();
        for (var round = 0; round < rounds; round++)
        {
            await peer.SendUpdateAsync(Attributes, Prefixes(round * perRound, perRound));
        }

        await SpeakerFixture.UntilAsync(() => attacked.Peer.GetStatistics().PrefixesDiscarded == (rounds * perRound) - 1000, "all are read");
        attacked.Peer.GetStatistics().PrefixesHeld.Should().Be(1000);
        attacked.Peer.State.Should().Be(BgpSessionState.Established);
        attacked.Verify(mostLines: 4);
    }

    [Fact]
    public async Task A_peer_that_comes_and_goes_with_a_NOTIFICATION_costs_some_lines_and_a_count()
    {
        const int rounds = 500;
        await using var attacked = await Attacked.CreateAsync();
        for (var i = 0; i < rounds; i++)
        {
            await attacked.WaitForRoomAsync();
            await using var peer = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
            await peer.EstablishAsync();
            var notification = TestMessages.Concat(Enumerable.Repeat(TestMessages.Raw(21, 3, 0xFF, 6, (byte)(i % 5)), 50).ToArray());
            await peer.SendAsync(notification);
            await peer.ExpectCloseAsync();
        }

        await SpeakerFixture.UntilAsync(() => attacked.Peer.Driver.ConnectionCount == 0, "the connections end");
        attacked.Peer.GetStatistics().SessionsLost.Should().Be(rounds, "the counters leave nothing out");
        attacked.Verify(mostLines: 35);

        await attacked.Fixture.AdvanceAsync(TimeSpan.FromSeconds(11));
        await using var again = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
        await again.EstablishAsync();
        await SpeakerFixture.UntilAsync(
            () => attacked.Fixture.Logs.Lines.Any(line => line.Contains("lines left out, it causes too many", StringComparison.Ordinal)), "the log says that it was not told all");
    }

    [Fact]
    public async Task A_peer_that_asks_for_everything_again_and_again_and_reads_nothing_has_no_queue()
    {
        await using var attacked = await Attacked.CreateAsync();
        attacked.Fixture.Speaker.Routes.Announce(Prefixes(0, 40_000));
        await using var peer = await attacked.Fixture.DialAsync(SpeakerFixture.RouterAddress);
        await peer.EstablishAsync();
        await SpeakerFixture.UntilAsync(() => attacked.Peer.GetStatistics().UpdatesSent > 10, "the first flush is stuck");
        attacked.MeasureFromNow();
        var requests = TestMessages.Concat(Enumerable.Repeat(TestMessages.Raw(23, 5, 0xFF, 0, 1, 0, 1), 1000).ToArray());
        for (var i = 0; i < 30; i++)
        {
            await peer.SendAsync(requests);
        }

        await SpeakerFixture.UntilAsync(() => attacked.Peer.GetStatistics().MessagesReceived >= 30_002, "all are read");
        attacked.Verify(mostLines: 3);
    }

    private static IpPrefix[] Prefixes(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => IpPrefix.Create(new IPAddress([198, (byte)(18 + (i >> 16)), (byte)(i >> 8), (byte)i]), 32))];

    /// <summary>A speaker with the peer that attacks, passive, and one whose session is to stay.</summary>
    private sealed class Attacked : IAsyncDisposable
    {
        private readonly BgpPeer _good;
        private readonly ScriptedPeer _goodRouter;
        private readonly BgpSession _session;
        private readonly int _lines;
        private long _memory;

        private Attacked(SpeakerFixture fixture, BgpPeer peer, BgpPeer good, ScriptedPeer goodRouter)
        {
            (Fixture, Peer, _good, _goodRouter) = (fixture, peer, good, goodRouter);
            _session = good.Session!;
            _lines = fixture.Logs.Lines.Count();
            MeasureFromNow();
        }

        public SpeakerFixture Fixture { get; }

        public BgpPeer Peer { get; }

        public static async Task<Attacked> CreateAsync(BgpPeerOptions? options = null)
        {
            var fixture = SpeakerFixture.Create(listening: true);
            var listener = fixture.Listen(Good);
            var peer = fixture.Speaker.AddPeer(options ?? SpeakerFixture.PeerOptions(mode: BgpConnectMode.Passive));
            var good = fixture.Speaker.AddPeer(new BgpPeerOptions
            {
                Address = Good,
                RemoteAsn = SpeakerFixture.RemoteAsn,
                ConnectMode = BgpConnectMode.Active,
                HoldTime = TimeSpan.Zero,
                Export = static _ => null,
            });
            await fixture.Speaker.StartAsync();
            var router = await SpeakerFixture.AcceptAsync(listener, holdTime: 0);
            await router.EstablishAsync();
            await SpeakerFixture.WithinPatience(token => good.WaitForEstablishedAsync(token));
            return new Attacked(fixture, peer, good, router);
        }

        /// <summary>A connection that comes while too many others are still ending is refused, which is not what these tests are about.</summary>
        public Task WaitForRoomAsync() => SpeakerFixture.UntilAsync(() => Peer.Driver.ConnectionCount < 4, "connections end");

        public void MeasureFromNow() => _memory = GC.GetTotalMemory(forceFullCollection: true);

        public void Verify(int mostLines)
        {
            (GC.GetTotalMemory(forceFullCollection: true) - _memory).Should().BeLessThan(Allowed, "nothing may pile up");
            Peer.Driver.ConnectionCount.Should().BeLessThanOrEqualTo(8);
            Fixture.Logs.Lines.Skip(_lines).Count().Should().BeLessThanOrEqualTo(mostLines, "the log is no attacker's to fill");
            _good.Session.Should().BeSameAs(_session, "the other session has nothing to do with it");
        }

        public async ValueTask DisposeAsync()
        {
            await _goodRouter.DisposeAsync();
            await Fixture.DisposeAsync();
        }
    }
}
