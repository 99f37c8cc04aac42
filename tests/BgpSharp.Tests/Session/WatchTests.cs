namespace BgpSharp.Tests.Session;

/// <summary>Whoever watches a peer may miss states in between, and never the last one.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task A_watcher_that_was_away_for_two_sessions_is_given_the_state_they_led_to()
    {
        await using var fixture = SpeakerFixture.Create();
        var listener = fixture.Listen();
        var peer = fixture.Speaker.AddPeer(SpeakerFixture.PeerOptions());
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        await using var watch = peer.WatchAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        (await watch.MoveNextAsync()).Should().BeTrue();
        watch.Current.State.Should().Be(BgpSessionState.Idle, "a watch begins with the present state");

        await fixture.Speaker.StartAsync(limit.Token);
        await using (var first = await SpeakerFixture.AcceptAsync(listener))
        {
            await first.EstablishAsync();
            await peer.WaitForEstablishedAsync(limit.Token);
        }

        await SpeakerFixture.WaitForAsync(peer, status => status.LastDown?.Kind == BgpDownKind.ConnectionLost);
        await using var second = await fixture.AcceptDialAsync(listener, number: 2);
        await second.EstablishAsync();
        var session = await peer.WaitForEstablishedAsync(limit.Token);
        await SpeakerFixture.UntilAsync(() => !peer.Driver.IsActing, "nothing is on its way any more");

        (await watch.MoveNextAsync()).Should().BeTrue();
        watch.Current.Session.Should().BeSameAs(session, "what came between was not waited for, and what came last is there");
        watch.Current.LastDown!.Kind.Should().Be(BgpDownKind.ConnectionLost);
        var next = watch.MoveNextAsync().AsTask();
        next.IsCompleted.Should().BeFalse("it was the last one");
        await limit.CancelAsync();
        var wait = () => next;
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }
}
