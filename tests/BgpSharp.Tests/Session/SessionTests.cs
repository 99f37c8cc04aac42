using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

public sealed class SessionTests
{
    private static readonly IpPrefix Vip = SpeakerFixture.Vip;

    [Fact]
    public async Task An_established_session_sends_the_routes_and_then_End_of_RIB()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(Vip));
        var (peer, router) = await fixture.EstablishAsync();

        var update = await router.ExpectUpdateAsync();
        update.Announced.Should().ContainSingle().Which.Prefix.Should().Be(Vip);
        var attributes = update.Announced[0].Attributes;
        attributes.Origin.Should().Be(BgpOrigin.Igp);
        attributes.AsPath.Should().Be(new AsPath(SpeakerFixture.LocalAsn), "an external peer gets our AS in front");
        attributes.NextHop.Should().Be(SpeakerFixture.LocalIdentifierAddress, "the next hop is the session's own address");
        attributes.LocalPref.Should().BeNull("LOCAL_PREF is not for external peers");
        attributes.Med.Should().BeNull();

        var end = await router.ExpectUpdateAsync();
        end.EndOfRib.Should().Be(BgpFamily.Ipv4Unicast, "the first full set ends with End-of-RIB");
        peer.GetStatistics().PrefixesAdvertised.Should().Be(1);
    }

    [Fact]
    public async Task Changes_after_that_travel_as_a_difference()
    {
        await using var fixture = SpeakerFixture.Create();
        var (_, router) = await fixture.EstablishAsync();
        (await router.ExpectUpdateAsync()).EndOfRib.Should().NotBeNull();

        fixture.Speaker.Routes.Announce(new BgpRoute(Vip));
        (await router.ExpectUpdateAsync()).Announced.Should().ContainSingle();
        fixture.Speaker.Routes.Announce(new BgpRoute(Vip, new BgpRouteAttributes { Med = 50 }));
        (await router.ExpectUpdateAsync()).Announced[0].Attributes.Med.Should().Be(50);
        fixture.Speaker.Routes.Withdraw(Vip).Should().BeTrue();
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(Vip);
    }

    [Fact]
    public async Task The_handler_hears_established_then_updates_in_order_then_down()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler();
        var listener = fixture.Listen();
        fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(handler));
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.ExpectAsync(MessageType.Open);
        await router.SendOpenAsync();

        // The first UPDATE shares a segment with the KEEPALIVE that establishes the session.
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };
        await router.SendAsync(TestMessages.Concat(TestMessages.Keepalive, TestMessages.Announcement(attributes, Vip)));
        await router.SendUpdateAsync(attributes, IpPrefix.Parse("203.0.113.11/32"));
        await router.SendNotificationAsync(new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown));

        (await handler.NextAsync()).Should().Be("established AS 65001");
        (await handler.NextAsync()).Should().Be("update +203.0.113.10/32 -");
        (await handler.NextAsync()).Should().Be("update +203.0.113.11/32 -");
        (await handler.NextAsync()).Should().Be("down NotificationReceived");
    }

    [Fact]
    public async Task A_handler_that_waits_holds_the_next_update_back()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler { OnUpdate = _ => release.Task };
        var (_, router) = await fixture.EstablishAsync(handler);
        await handler.NextAsync();

        var attributes = new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };
        await router.SendUpdateAsync(attributes, Vip);
        await router.SendUpdateAsync(attributes, IpPrefix.Parse("203.0.113.11/32"));
        (await handler.NextAsync()).Should().StartWith("update +203.0.113.10/32");
        await SpeakerFixture.Settle();
        handler.TryNext(out _).Should().BeFalse("the first call has not returned");

        release.SetResult();
        (await handler.NextAsync()).Should().StartWith("update +203.0.113.11/32");
    }

    [Fact]
    public async Task A_handler_that_throws_resets_the_session_by_default()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler { OnUpdate = _ => throw new InvalidOperationException("boom") };
        var (_, router) = await fixture.EstablishAsync(handler);
        await handler.NextAsync();
        await router.SendUpdateAsync(new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress }, Vip);

        (await router.ExpectNotificationAsync()).Code.Should().Be(BgpErrorCode.Cease);
        await handler.NextAsync();
        (await handler.NextAsync()).Should().Be("down HandlerFaulted");
    }

    [Fact]
    public async Task A_handler_that_throws_can_be_detached_instead()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler { OnUpdate = _ => throw new InvalidOperationException("boom") };
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            RemoteAsn = SpeakerFixture.RemoteAsn,
            Handler = handler,
            OnHandlerFault = BgpHandlerFaultAction.Detach,
        });
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        var attributes = new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };
        await router.SendUpdateAsync(attributes, Vip);
        await router.SendUpdateAsync(attributes, Vip);

        await fixture.AdvanceUntilAsync(() => peer.GetStatistics().PrefixesReceived == 2, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
        peer.State.Should().Be(BgpSessionState.Established, "the session goes on without the handler");
        (await handler.NextAsync()).Should().StartWith("established");
        (await handler.NextAsync()).Should().StartWith("update");
        handler.TryNext(out _).Should().BeFalse("the handler is not called again");
    }

    [Fact]
    public async Task The_peer_is_told_when_nothing_came_for_the_hold_time()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        await fixture.AdvanceUntilAsync(() => peer.State != BgpSessionState.Established, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));

        var notification = await router.ExpectNotificationAsync();
        notification.Code.Should().Be(BgpErrorCode.HoldTimerExpired);
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.HoldTimerExpired);
    }

    [Fact]
    public async Task Keepalives_keep_the_session_for_as_long_as_they_come()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync(holdTime: 9);
        var received = peer.GetStatistics().MessagesReceived;
        await router.ExpectUpdateAsync();
        for (var second = 0; second < 60; second += 3)
        {
            await router.SendKeepaliveAsync();
            received++;
            await SpeakerFixture.UntilAsync(() => peer.GetStatistics().MessagesReceived == received, "the KEEPALIVE arrives");
            fixture.Time.Advance(TimeSpan.FromSeconds(3));

            // One is due every third of the hold time of 9 s.
            await router.ExpectAsync(MessageType.Keepalive);
        }

        peer.State.Should().Be(BgpSessionState.Established);
        peer.GetStatistics().SessionsLost.Should().Be(0);
    }

    [Fact]
    public async Task A_refused_peer_is_dialled_at_once_then_after_1_2_4_8_10_and_10_seconds_at_most()
    {
        await using var fixture = SpeakerFixture.Create();
        List<TimeSpan> dials = [];
        var start = fixture.Time.GetTimestamp();
        fixture.Network.OnDial = _ => dials.Add(fixture.Time.GetElapsedTime(start));
        fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();
        await fixture.AdvanceUntilAsync(() => dials.Count == 8, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(2));

        dials[0].Should().Be(TimeSpan.Zero);
        double[] ceilings = [1, 2, 4, 8, 10, 10, 10];
        for (var i = 0; i < ceilings.Length; i++)
        {
            var pause = dials[i + 1] - dials[i];
            pause.TotalSeconds.Should().BeInRange(0.75 * ceilings[i], ceilings[i] + 0.1, $"pause {i + 1} has a ceiling of {ceilings[i]} s");
        }

        fixture.Logs.Lines.Count(line => line.Contains("not established", StringComparison.Ordinal)).Should().Be(1, "one line for a cause, not for each try");
    }

    [Fact]
    public async Task Stopping_withdraws_then_sends_Cease_with_the_text_then_closes()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(Vip));
        var (_, router) = await fixture.EstablishAsync();
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Message = "node drain" });
        (await router.ExpectUpdateAsync()).Withdrawn.Should().Equal(Vip);
        var notification = NotificationCodec.Decode(await router.ExpectAsync(MessageType.Notification));
        notification.ToString().Should().Contain("6/2").And.Contain("node drain");
        await router.ExpectCloseAsync();
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task Stopping_immediately_sends_Cease_without_a_withdrawal()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(Vip));
        var (_, router) = await fixture.EstablishAsync();
        await router.ExpectUpdateAsync();
        await router.ExpectUpdateAsync();

        var stop = fixture.Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Immediate });
        var notification = NotificationCodec.Decode(await router.ExpectAsync(MessageType.Notification));
        (notification.Code, notification.Subcode).Should().Be((BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown));
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
    }

    [Fact]
    public async Task A_peer_that_dials_us_is_accepted_and_one_that_is_unknown_is_not()
    {
        await using var fixture = SpeakerFixture.Create(listening: true);
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(mode: BgpConnectMode.Passive));
        await fixture.Speaker.StartAsync();

        await using var stranger = await fixture.DialAsync(IPAddress.Parse("198.51.100.77"));
        await stranger.ExpectCloseAsync();

        await using var router = await fixture.DialAsync(SpeakerFixture.RouterAddress);
        await router.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        fixture.Network.Dials.Should().Be(2, "a passive peer is never dialled; both dials were the test's");
        fixture.Logs.Lines.Should().ContainSingle(line => line.Contains("198.51.100.77", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Peers_come_and_go_while_the_speaker_runs()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router) = await fixture.EstablishAsync();
        var second = IPAddress.Parse("198.51.100.10");
        var listener = fixture.Listen(second);
        var added = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(address: second));
        await using var secondRouter = await SpeakerFixture.AcceptAsync(listener);
        await secondRouter.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => added.WaitForEstablishedAsync(token));

        var remove = peer.RemoveAsync();
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.PeerDeconfigured);
        await router.DisposeAsync();
        await remove.WaitAsync(ScriptedPeer.Patience);
        fixture.Speaker.Peers.Should().Equal(added);
        added.State.Should().Be(BgpSessionState.Established, "the other peer's session is its own");
    }

    [Fact]
    public async Task Waiting_in_vain_for_a_session_says_why()
    {
        await using var fixture = SpeakerFixture.Create();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        await fixture.Speaker.StartAsync();
        await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var wait = () => peer.WaitForEstablishedAsync(cancelled.Token);
        (await wait.Should().ThrowAsync<OperationCanceledException>()).WithMessage("*198.51.100.9*cannot connect*");
    }
}
