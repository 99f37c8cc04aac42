using System.Net;

namespace BgpSharp.Tests.Session;

public sealed class StoppingTests
{
    private static readonly BgpStopOptions Immediately = new() { Mode = BgpStopMode.Immediate };

    [Fact]
    public async Task A_second_stop_joins_the_first()
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync();
        var first = fixture.Speaker.StopAsync();
        var second = fixture.Speaker.StopAsync(Immediately);
        first.IsCompleted.Should().BeFalse("the peer has not closed yet");
        second.IsCompleted.Should().BeFalse("the second call waits for the same end");
        await router.ExpectNotificationAsync();
        await router.DisposeAsync();
        await Task.WhenAll(first, second).WaitAsync(ScriptedPeer.Patience);
        var add = () => fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        add.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_peer_that_never_acknowledges_costs_the_timeout_and_is_told_all_the_same()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Wrap = connection => new WrappedConnection(connection) { Unacknowledged = 1 };
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync();
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Timeout = TimeSpan.FromSeconds(1) });
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(SpeakerFixture.Vip);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await stop.WaitAsync(ScriptedPeer.Patience);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        fixture.Logs.Lines.Should().Contain(line => line.Contains("not acknowledged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_peer_that_does_not_acknowledge_delays_nobody_elses_stop()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Wrap = connection => connection.RemoteEndPoint.Address.Equals(SpeakerFixture.RouterAddress)
            ? new WrappedConnection(connection) { Unacknowledged = 1 }
            : connection;
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (silent, _) = await fixture.EstablishAsync();
        var otherAddress = IPAddress.Parse("198.51.100.10");
        var otherListener = fixture.Listen(otherAddress);
        var other = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(address: otherAddress));
        await using var router = await SpeakerFixture.AcceptAsync(otherListener);
        await router.EstablishAsync();
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Timeout = TimeSpan.FromSeconds(3) });

        // The clock stands still until all of this has happened.
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(SpeakerFixture.Vip);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        await router.ExpectCloseAsync();
        await router.DisposeAsync();
        await SpeakerFixture.WaitForAsync(other, status => status.LastDown is not null);
        silent.State.Should().Be(BgpSessionState.Established, "its withdrawal was not acknowledged, and it has three seconds");
        stop.IsCompleted.Should().BeFalse();
        await fixture.AdvanceUntilEndAsync(stop);
        silent.State.Should().Be(BgpSessionState.Idle);
    }

    [Fact]
    public async Task A_cancelled_stop_is_immediate_and_still_says_Cease()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Wrap = connection => new WrappedConnection(connection) { Unacknowledged = 1 };
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (_, router) = await fixture.EstablishAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await fixture.Speaker.StopAsync(cancellationToken: cancelled.Token).WaitAsync(ScriptedPeer.Patience);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown, "the last words go out even when there is no time");
    }

    [Fact]
    public async Task Stopping_while_a_dial_is_under_way_gives_the_dial_up()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Silent = true;
        fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();
        await SpeakerFixture.UntilAsync(() => fixture.Network.Dials == 1, "the peer is dialled at once");
        await fixture.Speaker.StopAsync().WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task Removing_a_peer_while_it_is_dialled_frees_its_address()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Network.Silent = true;
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();
        await SpeakerFixture.UntilAsync(() => fixture.Network.Dials == 1, "the peer is dialled at once");
        await peer.RemoveAsync().WaitAsync(ScriptedPeer.Patience);
        await peer.RemoveAsync().WaitAsync(ScriptedPeer.Patience);
        fixture.Speaker.Peers.Should().BeEmpty();
        var again = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        again.Should().NotBeSameAs(peer);
        var update = () => peer.UpdateAsync(SpeakerFixture.PeerOptions());
        await update.Should().ThrowAsync<InvalidOperationException>("the handle's peer is gone");
    }

    [Fact]
    public async Task A_stop_waits_for_a_removal_under_way_and_hurries_it()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync();
        var remove = peer.RemoveAsync(new BgpStopOptions { Timeout = TimeSpan.FromHours(1) });
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.PeerDeconfigured);
        remove.IsCompleted.Should().BeFalse("the peer has not closed");
        await fixture.Speaker.StopAsync(new BgpStopOptions { Timeout = TimeSpan.Zero }).WaitAsync(ScriptedPeer.Patience);
        await remove.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task Disposing_never_throws_whatever_the_transport_does()
    {
        await using var fixture = SpeakerFixture.Create(listening: true, expectsFaults: true);
        fixture.Network.Wrap = connection => new WrappedConnection(connection) { OnDispose = new IOException("close failed") };
        var (_, router) = await fixture.EstablishAsync();
        await router.DisposeAsync();
        var dispose = async () => await fixture.Speaker.DisposeAsync();
        await dispose.Should().NotThrowAsync();
        var disposeAgain = () => fixture.Speaker.Dispose();
        disposeAgain.Should().NotThrow();
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("internal error", StringComparison.Ordinal), "what was plugged in and threw is named");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_ends_by_the_clock_of_the_machine_when_the_speaker_s_own_stands_still(bool asynchronously)
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync();
        var dispose = Task.Run(async () =>
        {
            if (asynchronously)
            {
                await fixture.Speaker.DisposeAsync();
            }
            else
            {
                fixture.Speaker.Dispose();
            }
        });
        await router.ExpectNotificationAsync();

        await dispose.WaitAsync(ScriptedPeer.Patience);
        fixture.Speaker.Peers.Single().Driver.ConnectionCount.Should().Be(0, "the peer has not closed, and no time has passed for it");
    }

    [Fact]
    public async Task Impossible_stop_options_are_refused_and_stop_nothing()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _) = await fixture.EstablishAsync();
        var stop = () => fixture.Speaker.StopAsync(new BgpStopOptions { Timeout = TimeSpan.FromSeconds(-2) });
        await stop.Should().ThrowAsync<ArgumentException>().WithMessage("*Timeout is -00:00:02*");
        peer.State.Should().Be(BgpSessionState.Established);
    }

    [Theory]
    [InlineData(BgpStopMode.Withdraw)]
    [InlineData(BgpStopMode.Immediate)]
    public async Task A_handler_may_stop_the_speaker_it_is_called_by(BgpStopMode mode)
    {
        await using var fixture = SpeakerFixture.Create();
        var speaker = fixture.Speaker;
        var handler = new RecordingHandler { OnUpdate = _ => speaker.StopAsync(new BgpStopOptions { Mode = mode }) };
        var (_, router) = await fixture.EstablishAsync(handler);
        await handler.NextAsync();
        await router.SendUpdateAsync(new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress }, SpeakerFixture.Vip);
        await handler.NextAsync();

        // The clock stands still, so nothing here can have waited for a limit.
        (await handler.NextAsync()).Should().Be("down Stopped");
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.AdministrativeShutdown);
        await speaker.StopAsync().WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_handler_may_flush_and_remove_its_own_peer()
    {
        await using var fixture = SpeakerFixture.Create();
        BgpPeer? self = null;
        var handler = new RecordingHandler
        {
            OnUpdate = async _ =>
            {
                fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
                await self!.FlushAsync();
                await self.RemoveAsync();
            },
        };
        (self, var router) = await fixture.EstablishAsync(handler);
        await handler.NextAsync();
        await router.SendUpdateAsync(new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress }, SpeakerFixture.Vip);
        await handler.NextAsync();
        (await handler.NextAsync()).Should().Be("down PeerRemoved");
        await SpeakerFixture.UntilAsync(() => fixture.Speaker.Peers.Count == 0, "the peer is removed");
    }
}
