using System.Collections.Concurrent;
using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

[Collection(ProcessMemory.Name)]
public sealed class StalledPeerTests
{
    private static readonly IPAddress OtherAddress = IPAddress.Parse("198.51.100.10");

    [Fact]
    public async Task Memory_is_bounded_by_prefixes_not_by_changes_and_the_other_peer_has_the_last_state()
    {
        const int prefixes = 100;
        const int changes = 100_000;
        await using var fixture = SpeakerFixture.Create();
        var (stalled, _) = await fixture.EstablishAsync();
        var otherListener = fixture.Listen(OtherAddress);
        var other = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(address: OtherAddress));
        await using var reader = await SpeakerFixture.AcceptAsync(otherListener);
        await reader.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => other.WaitForEstablishedAsync(token));
        ConcurrentDictionary<IpPrefix, uint?> seen = [];
        using var done = new CancellationTokenSource();
        var reading = ReadAllAsync(reader, seen);

        Dictionary<IpPrefix, uint?> expected = [];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var change = 0; change < changes; change++)
        {
            var prefix = IpPrefix.Create(IPAddress.Parse($"203.0.113.{change % prefixes}"), 32);
            if (change % 7 == 3)
            {
                fixture.Speaker.Routes.Withdraw(prefix);
                expected.Remove(prefix);
            }
            else
            {
                fixture.Speaker.Routes.Announce(new BgpRoute(prefix, new BgpRouteAttributes { Med = (uint)change }));
                expected[prefix] = (uint)change;
            }
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        fixture.Speaker.RouteBook.Read(routes => routes.EntryCount).Should().BeLessThanOrEqualTo(prefixes, "an entry a prefix, however often it changes");
        grown.Should().BeLessThan(8 << 20, "a hundred thousand queued changes of 50 octets would take more than that with their objects");
        stalled.State.Should().Be(BgpSessionState.Established, "no time has passed, so nothing has expired");

        await SpeakerFixture.WithinPatience(token => other.FlushAsync(token));
        await SpeakerFixture.UntilAsync(() => seen.Count == expected.Count && expected.All(route => seen.GetValueOrDefault(route.Key) == route.Value), "the peer that reads ends with exactly the last state");
        other.GetStatistics().PrefixesAdvertised.Should().Be(expected.Count);
        await reader.DisposeAsync();
        await reading;
    }

    [Fact]
    public async Task Keepalives_do_not_pile_up_for_a_peer_that_does_not_read()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(Enumerable.Range(0, 40_000).Select(host => IpPrefix.Create(new IPAddress([203, 0, (byte)(host >> 8), (byte)host]), 32)));
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        var before = peer.GetStatistics().MessagesSent;
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().UpdatesSent > 10, "the first flush is on its way");
        for (var second = 0; second < 300; second += 3)
        {
            var received = peer.GetStatistics().MessagesReceived;
            await router.SendKeepaliveAsync();
            await SpeakerFixture.UntilAsync(() => peer.GetStatistics().MessagesReceived > received, "the KEEPALIVE arrives");
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(3));
        }

        peer.State.Should().Be(BgpSessionState.Established);
        var keepalives = 0;
        var end = false;
        while (!end)
        {
            var (type, body) = await router.ReadAsync();
            keepalives += type == MessageType.Keepalive ? 1 : 0;
            end = type == MessageType.Update && body.Length == 4;
        }

        keepalives.Should().BeInRange(1, 2, "one KEEPALIVE that waits says as much as a hundred");
        before.Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task A_peer_that_sends_KEEPALIVEs_and_reads_nothing_is_given_up_after_the_send_hold_time()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(Enumerable.Range(0, 40_000).Select(host => IpPrefix.Create(new IPAddress([203, 0, (byte)(host >> 8), (byte)host]), 32)));
        var (peer, router) = await fixture.EstablishAsync(
            new BgpPeerOptions
            {
                Address = SpeakerFixture.RouterAddress,
                RemoteAsn = SpeakerFixture.RemoteAsn,
                ConnectMode = BgpConnectMode.Active,
                HoldTime = TimeSpan.FromSeconds(9),
                SendHoldTime = TimeSpan.FromSeconds(30),
            });
        await SpeakerFixture.UntilAsync(() => peer.Driver.Established?.LastSent(TimeSpan.MaxValue) != TimeSpan.MaxValue, "a send waits for the peer");
        var elapsed = 0;
        for (; peer.State == BgpSessionState.Established && elapsed < 300; elapsed++)
        {
            var received = peer.GetStatistics().MessagesReceived;
            await router.SendKeepaliveAsync();
            await SpeakerFixture.UntilAsync(() => peer.GetStatistics().MessagesReceived > received, "the KEEPALIVE arrives");
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        peer.Status.LastDown.Should().NotBeNull("after {0} s the peer is {1}", elapsed, peer.Status);
        peer.Status.LastDown.Kind.Should().Be(BgpDownKind.SendHoldTimerExpired);
        peer.Status.LastDown.ToString().Should().Contain("took nothing from us").And.Contain("Send Hold Timer Expired");
        elapsed.Should().BeGreaterThanOrEqualTo(30, "the peer has the send hold time");
    }

    [Theory]
    [InlineData(2, null, "MinimumHoldTime is 00:00:02; allowed: zero, or 3 whole seconds to HoldTime, 00:01:30.")]
    [InlineData(91, null, "MinimumHoldTime is 00:01:31; allowed: zero, or 3 whole seconds to HoldTime, 00:01:30.")]
    [InlineData(0, 90, "SendHoldTime is 00:01:30; allowed: more than HoldTime, 00:01:30, to 1.00:00:00.")]
    [InlineData(0, 86401, "SendHoldTime is 1.00:00:01; allowed: more than HoldTime, 00:01:30, to 1.00:00:00.")]
    public async Task Hold_times_that_make_no_sense_are_refused(int minimum, int? sendHold, string problem)
    {
        await using var fixture = SpeakerFixture.Create();

        var add = () => fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            MinimumHoldTime = TimeSpan.FromSeconds(minimum),
            SendHoldTime = sendHold is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        });

        add.Should().Throw<ArgumentException>().WithMessage($"{problem}*");
    }

    [Fact]
    public async Task Nothing_follows_a_NOTIFICATION_however_many_routes_are_pending()
    {
        for (var round = 0; round < 50; round++)
        {
            await using var fixture = SpeakerFixture.Create();
            var (_, router) = await fixture.EstablishAsync();
            using var editing = new CancellationTokenSource();
            var editor = Task.Run(() =>
            {
                for (var med = 0u; !editing.IsCancellationRequested; med++)
                {
                    fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip, new BgpRouteAttributes { Med = med }));
                }
            });
            var reading = ReadToEndAsync(router);
            await Task.Yield();
            var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Immediate });
            var types = await reading.WaitAsync(ScriptedPeer.Patience);
            await router.DisposeAsync();
            await stop.WaitAsync(ScriptedPeer.Patience);
            await editing.CancelAsync();
            await editor;

            types.Count(type => type == MessageType.Notification).Should().Be(1);
            types[^1].Should().Be(MessageType.Notification, "a NOTIFICATION ends the connection (RFC 4271 §4.5)");
        }
    }

    [Fact]
    public async Task A_peer_that_never_reads_cannot_hold_up_the_stop_nor_the_other_peers_withdrawal()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(Enumerable.Range(0, 40_000).Select(host => IpPrefix.Create(new IPAddress([203, 0, (byte)(host >> 8), (byte)host]), 32)));
        var (stalled, _) = await fixture.EstablishAsync();
        await SpeakerFixture.UntilAsync(() => stalled.GetStatistics().UpdatesSent > 10, "the flush to the stalled peer is stuck");
        var otherListener = fixture.Listen(OtherAddress);
        fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(address: OtherAddress));
        await using var reader = await SpeakerFixture.AcceptAsync(otherListener);
        await reader.EstablishAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Timeout = TimeSpan.FromSeconds(3) });
        var types = await ReadToEndAsync(reader).WaitAsync(ScriptedPeer.Patience);
        types[^1].Should().Be(MessageType.Notification, "the peer that reads has everything, without the clock having moved");
        await reader.DisposeAsync();
        stop.IsCompleted.Should().BeFalse("the stalled peer has three seconds");
        await fixture.AdvanceUntilEndAsync(stop);
        stalled.State.Should().Be(BgpSessionState.Idle);
    }

    private static async Task<List<MessageType>> ReadToEndAsync(ScriptedPeer router)
    {
        List<MessageType> types = [];
        try
        {
            while (true)
            {
                types.Add((await router.ReadAsync()).Type);
            }
        }
        catch (EndOfStreamException)
        {
            return types;
        }
    }

    private static async Task ReadAllAsync(ScriptedPeer router, ConcurrentDictionary<IpPrefix, uint?> seen)
    {
        try
        {
            while (true)
            {
                var update = await router.ExpectUpdateAsync();
                foreach (var (prefix, _) in update.Withdrawn)
                {
                    seen.TryRemove(prefix, out _);
                }

                foreach (var route in update.Announced)
                {
                    seen[route.Prefix] = route.Attributes.Med;
                }
            }
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
