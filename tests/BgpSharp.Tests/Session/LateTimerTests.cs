using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>
/// A process that gets no thread for a while: timers fire late, and what the peer has sent lies unread. The clock and the
/// reader are held back by hand, so nothing here depends on the machine.
/// </summary>
public sealed class LateTimerTests
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(9);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_with_traffic_pending_outlives_twice_the_hold_time_without_a_thread(bool inTheKernel)
    {
        await using var lab = await Lab.EstablishAsync();
        lab.HoldEverything(unread: inTheKernel);
        await lab.Router.SendKeepaliveAsync();
        lab.Time.Advance(HoldTime * 2);

        // The timer is let run first: the worst order there is.
        lab.Time.Release().Should().BePositive("the peer's timer was due");
        lab.Peer.State.Should().Be(BgpSessionState.Established, "the peer's KEEPALIVE is there, but nobody had the time to look at it");
        await lab.Router.ExpectAsync(MessageType.Keepalive);
        if (inTheKernel)
        {
            lab.Time.Advance(TimeSpan.FromSeconds(5));
            lab.Peer.State.Should().Be(BgpSessionState.Established, "what the kernel holds is a sign of life however long it is not read");
        }

        await lab.ReleaseReaderAsync();
        for (var second = 0; second < 8; second++)
        {
            lab.Time.Advance(TimeSpan.FromSeconds(1));
        }

        lab.Peer.State.Should().Be(BgpSessionState.Established, "the KEEPALIVE counts from when it was read");
        lab.Peer.GetStatistics().SessionsLost.Should().Be(0);
    }

    [Fact]
    public async Task Silence_is_given_a_second_look_after_a_late_timer_and_no_third()
    {
        await using var lab = await Lab.EstablishAsync();
        lab.HoldEverything(unread: false);
        lab.Time.Advance(HoldTime * 2);
        lab.Time.Release().Should().BePositive("the peer's timer was due");
        lab.Peer.State.Should().Be(BgpSessionState.Established, "the reader may not have had a thread either");

        lab.Time.Hold();
        lab.Time.Advance(HoldTime);
        lab.Time.Release().Should().BePositive("the second look was due");
        lab.Peer.Status.LastDown.Should().NotBeNull("nothing came, however late the timer is");
        lab.Peer.Status.LastDown!.Kind.Should().Be(BgpDownKind.HoldTimerExpired);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_had_no_thread_to_return_on_is_given_a_second_look_too(bool returns)
    {
        var handler = new WaitingHandler();
        await using var lab = await Lab.EstablishAsync(handler);
        await lab.Router.SendUpdateAsync(new BgpRouteAttributes { AsPath = new AsPath(SpeakerFixture.RemoteAsn), NextHop = SpeakerFixture.RouterAddress }, SpeakerFixture.Vip);
        await handler.Called.Task.WaitAsync(ScriptedPeer.Patience);
        await lab.Router.SendKeepaliveAsync();
        lab.Time.Hold();
        lab.Time.Advance(HoldTime * 2);
        lab.Time.Release().Should().BePositive("the peer's timer was due");
        lab.Peer.State.Should().Be(BgpSessionState.Established, "the call began long ago, but nothing could end it");

        if (returns)
        {
            var received = lab.Peer.GetStatistics().MessagesReceived;
            handler.Release.SetResult();
            await SpeakerFixture.UntilAsync(() => lab.Peer.GetStatistics().MessagesReceived > received, "the call ends, and what came behind the UPDATE is read");
        }

        lab.Time.Advance(TimeSpan.FromSeconds(1));
        lab.Peer.Status.LastDown?.Kind.Should().Be(returns ? null : BgpDownKind.HandlerTooSlow);
        handler.Release.TrySetResult();
    }

    [Fact]
    public async Task A_timer_in_time_ends_a_silent_session_at_once()
    {
        await using var lab = await Lab.EstablishAsync();
        for (var second = 0; second < 8; second++)
        {
            lab.Time.Advance(TimeSpan.FromSeconds(1));
        }

        lab.Peer.State.Should().Be(BgpSessionState.Established, "the peer has 9 s");
        lab.Time.Advance(TimeSpan.FromSeconds(1));
        lab.Peer.Status.LastDown?.Kind.Should().Be(BgpDownKind.HoldTimerExpired, "nothing came for the hold time");
    }

    /// <summary>Returns from an UPDATE when it is let.</summary>
    private sealed class WaitingHandler : BgpPeerHandler
    {
        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            Called.SetResult();
            return new ValueTask(Release.Task);
        }
    }

    private sealed class Lab : IAsyncDisposable
    {
        private readonly MemoryTransport _network = new();
        private readonly BgpSpeaker _speaker;
        private HeldConnection? _connection;

        private Lab(BgpPeerHandler? handler)
        {
            _network.Wrap = inner =>
            {
                var connection = new HeldConnection(inner);
                _connection ??= connection;
                return connection;
            };
            _speaker = new BgpSpeaker(new BgpSpeakerOptions
            {
                LocalAsn = SpeakerFixture.LocalAsn,
                RouterId = SpeakerFixture.LocalIdentifier,
                TimeProvider = Time,
                Transport = _network,
            });
            Peer = _speaker.AddPeer(SpeakerFixture.PeerOptions(handler));
        }

        public HeldTimeProvider Time { get; } = new();

        public BgpPeer Peer { get; }

        public ScriptedPeer Router { get; private set; } = null!;

        public static async Task<Lab> EstablishAsync(BgpPeerHandler? handler = null)
        {
            var lab = new Lab(handler);
            var listener = lab._network.Listen(new IPEndPoint(SpeakerFixture.RouterAddress, 179));
            await lab._speaker.StartAsync();
            lab.Router = await SpeakerFixture.AcceptAsync(listener, holdTime: (ushort)HoldTime.TotalSeconds);
            await lab.Router.EstablishAsync();
            await SpeakerFixture.WithinPatience(token => lab.Peer.WaitForEstablishedAsync(token));
            await lab.Router.ExpectUpdateAsync();
            await SpeakerFixture.UntilAsync(() => lab.Peer.Driver.Established?.HasReportedUp == true, "the handler has been told");
            await SpeakerFixture.UntilAsync(() => !lab.Peer.Driver.IsActing, "the session is acted upon and its timer armed");
            return lab;
        }

        public void HoldEverything(bool unread)
        {
            _connection!.Unread = unread;
            _connection.Hold();
            Time.Hold();
        }

        public async Task ReleaseReaderAsync()
        {
            var received = Peer.GetStatistics().MessagesReceived;
            _connection!.Unread = false;
            _connection.Release();
            await SpeakerFixture.UntilAsync(() => Peer.GetStatistics().MessagesReceived > received, "the KEEPALIVE is read");
        }

        public async ValueTask DisposeAsync()
        {
            _connection!.Release();
            await Router.DisposeAsync();

            // A next connection may be there already, at whose other end nobody is.
            var stop = _speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Immediate, Timeout = TimeSpan.Zero });
            await SpeakerFixture.UntilAsync(
                () =>
                {
                    Time.Advance(TimeSpan.FromMilliseconds(100));
                    return stop.IsCompleted;
                },
                "the speaker stops when time passes");
            await stop;
        }
    }
}
