namespace BgpSharp.Tests.Session;

public sealed class HandlerTests
{
    private static readonly BgpRouteAttributes Attributes = new() { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress };

    [Fact]
    public async Task A_handler_busy_for_the_hold_time_costs_the_session()
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler { OnUpdate = _ => never.Task };
        var (peer, router) = await fixture.EstablishAsync(handler, holdTime: 9);
        await handler.NextAsync();
        await router.SendUpdateAsync(Attributes, SpeakerFixture.Vip);
        await handler.NextAsync();
        await AdvanceAsync(fixture, seconds: 8);
        peer.State.Should().Be(BgpSessionState.Established, "the handler has the hold time of 9 s");

        // Not a step further than that: the farewell has two seconds to get out.
        await fixture.AdvanceUntilAsync(() => peer.Status.LastDown is not null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.HandlerTooSlow);
        (await router.ExpectNotificationAsync()).Subcode.Should().Be(CeaseSubcode.OutOfResources);
        never.SetResult();
        (await handler.NextAsync()).Should().Be("down HandlerTooSlow");
    }

    [Fact]
    public async Task A_handler_busy_for_less_than_the_hold_time_keeps_the_session_though_nothing_is_read()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var fixture = SpeakerFixture.Create();
        var handler = new RecordingHandler { OnUpdate = _ => release.Task };
        var (peer, router) = await fixture.EstablishAsync(handler, holdTime: 9);
        await handler.NextAsync();

        // The last message came 8 s before the handler is called: from then on the hold timer alone would give it one more.
        await AdvanceAsync(fixture, seconds: 8);
        await router.SendUpdateAsync(Attributes, SpeakerFixture.Vip);
        await handler.NextAsync();
        await AdvanceAsync(fixture, seconds: 8);
        peer.State.Should().Be(BgpSessionState.Established, "a busy handler is back-pressure, not silence");
        await router.SendKeepaliveAsync();
        var received = peer.GetStatistics().MessagesReceived;
        release.SetResult();
        await SpeakerFixture.UntilAsync(() => peer.GetStatistics().MessagesReceived > received, "reading goes on");
        await AdvanceAsync(fixture, seconds: 8);
        peer.State.Should().Be(BgpSessionState.Established);
        peer.GetStatistics().SessionsLost.Should().Be(0);
    }

    [Fact]
    public async Task A_handler_that_never_returns_gets_no_second_session_and_holds_no_second_connection()
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var fixture = SpeakerFixture.Create();
        var (made, closed) = (0, 0);
        fixture.Network.Wrap = connection =>
        {
            Interlocked.Increment(ref made);
            return new WrappedConnection(connection) { Disposed = () => Interlocked.Increment(ref closed) };
        };
        var handler = new RecordingHandler { OnUpdate = _ => never.Task };
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(handler));
        await fixture.Speaker.StartAsync();
        for (var session = 1; session <= 3; session++)
        {
            await using var router = await fixture.AcceptDialAsync(listener, number: session, holdTime: 9);
            await router.EstablishAsync();
            await SpeakerFixture.UntilAsync(() => peer.GetStatistics().SessionsEstablished == session, "the session comes up");
            if (session == 1)
            {
                (await handler.NextAsync()).Should().StartWith("established");
                await router.SendUpdateAsync(Attributes, SpeakerFixture.Vip);
                (await handler.NextAsync()).Should().StartWith("update");
            }

            // Not a step further than that: the farewell has two seconds to get out.
            await fixture.AdvanceUntilAsync(() => peer.GetStatistics().SessionsLost == session, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));
            await router.ExpectCloseAsync();
        }

        await SpeakerFixture.UntilAsync(() => closed >= 2, "the connections after the first have ended");
        made.Should().BeGreaterThanOrEqualTo(3);
        handler.TryNext(out _).Should().BeFalse("calls are serial over sessions too");
        never.SetResult();
        (await handler.NextAsync()).Should().Be("down HandlerTooSlow", "the first session's end is reported when the handler can hear it");
    }

    [Fact]
    public async Task What_throws_in_the_call_about_the_end_does_not_touch_the_next_session()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var handler = new ThrowsAtTheEnd();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions(handler));
        await fixture.Speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        await handler.Established.Task.WaitAsync(ScriptedPeer.Patience);
        await router.DisposeAsync();
        await SpeakerFixture.UntilAsync(() => fixture.Logs.Lines.Any(line => line.Contains("handler threw", StringComparison.Ordinal)), "the exception is logged");

        await using var again = await fixture.AcceptDialAsync(listener, number: 2);
        await again.EstablishAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.ConnectionLost, "the handler's mistake is not why the session ended");
    }

    [Fact]
    public async Task What_hangs_on_the_handlers_token_and_throws_stops_nothing()
    {
        await using var fixture = SpeakerFixture.Create();
        var handler = new ThrowsWhenCancelled();
        var (peer, router) = await fixture.EstablishAsync(handler);
        await handler.Established.Task.WaitAsync(ScriptedPeer.Patience);
        await router.SendNotificationAsync(new BgpNotification(BgpErrorCode.Cease, CeaseSubcode.AdministrativeReset));
        (await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null)).LastDown!.Kind.Should().Be(BgpDownKind.NotificationReceived);
        await router.ExpectCloseAsync();
        await handler.Down.Task.WaitAsync(ScriptedPeer.Patience);
        fixture.Logs.Lines.Should().Contain(line => line.Contains("handler threw", StringComparison.Ordinal));
    }

    private static async Task AdvanceAsync(SpeakerFixture fixture, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class ThrowsAtTheEnd : BgpPeerHandler
    {
        public TaskCompletionSource Established { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken)
        {
            Established.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason) => throw new InvalidOperationException("boom");
    }

    private sealed class ThrowsWhenCancelled : BgpPeerHandler
    {
        public TaskCompletionSource Established { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Down { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken)
        {
            cancellationToken.Register(() => throw new InvalidOperationException("boom"));
            Established.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
        {
            Down.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
