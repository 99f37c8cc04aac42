namespace BgpSharp.Tests.Session;

/// <summary>Sending fails: the session ends with the cause, and nothing waits for what will never be sent.</summary>
public sealed class FailedSendTests
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_send_that_fails_ends_the_session_with_its_cause_and_every_flush()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router, socket) = await EstablishAsync(fixture);
        socket.OnSend = new IOException("the cable is gone");

        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var flush = fixture.Speaker.FlushAsync(TestContext.Current.CancellationToken);

        var status = await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null);
        status.LastDown!.Kind.Should().Be(BgpDownKind.ConnectionLost);
        status.LastDown.Exception!.Message.Should().Be("the cable is gone");
        await flush.WaitAsync(ScriptedPeer.Patience, TestContext.Current.CancellationToken);
        await fixture.AdvanceAsync(CloseLimit);
        await SpeakerFixture.UntilAsync(() => socket.IsDisposed, "the router, which never closes its end, is waited for a limited time");
        await router.ExpectCloseAsync();
    }

    [Fact]
    public async Task A_stop_ends_though_neither_the_farewell_nor_the_end_of_sending_goes_out()
    {
        await using var fixture = SpeakerFixture.Create();
        fixture.Speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var (peer, _, socket) = await EstablishAsync(fixture);
        socket.OnSend = socket.OnCompleteSending = new IOException("the cable is gone");

        await fixture.AdvanceUntilEndAsync(fixture.Speaker.StopAsync());

        peer.State.Should().Be(BgpSessionState.Idle);
        await SpeakerFixture.UntilAsync(() => socket.IsDisposed, "the connection is closed");
    }

    [Fact]
    public async Task An_end_of_sending_that_fails_alone_delays_nobody_for_longer_than_a_close_may_take()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router, socket) = await EstablishAsync(fixture);
        await router.ExpectUpdateAsync();
        socket.OnCompleteSending = new IOException("no such connection");

        var reset = peer.ResetAsync();

        await router.ExpectNotificationAsync();
        await reset.WaitAsync(ScriptedPeer.Patience, TestContext.Current.CancellationToken);

        await fixture.AdvanceAsync(CloseLimit);
        await SpeakerFixture.UntilAsync(() => socket.IsDisposed, "the router, which never closes its end, is waited for a limited time");
    }

    private static async Task<(BgpPeer Peer, ScriptedPeer Router, WrappedConnection Socket)> EstablishAsync(SpeakerFixture fixture)
    {
        List<WrappedConnection> sockets = [];
        fixture.Network.Wrap = connection =>
        {
            sockets.Add(new WrappedConnection(connection));
            return sockets[^1];
        };
        var (peer, router) = await fixture.EstablishAsync();
        return (peer, router, sockets.Single());
    }
}
