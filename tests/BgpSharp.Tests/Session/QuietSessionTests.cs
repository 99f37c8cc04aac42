using System.Net.Sockets;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>A session whose KEEPALIVEs lie beside its reader until the peer's own timer looks.</summary>
public sealed class QuietSessionTests
{
    private const ushort HoldTime = 9;
    private const int MoreThanAKeepalive = WireLimits.HeaderLength + 1;

    [Fact]
    public async Task KEEPALIVEs_that_the_timer_finds_keep_the_session_and_are_counted()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _, connection) = await EstablishAsync(fixture);
        var received = peer.GetStatistics().MessagesReceived;
        for (var second = 0; second < 10 * HoldTime; second++)
        {
            connection.Lying = (second % 3 == 0 ? 1 : connection.Lying.Messages, TimeSpan.Zero);
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await SpeakerFixture.UntilAsync(() => !peer.Driver.IsActing, "the timer has looked");
        }

        peer.State.Should().Be(BgpSessionState.Established, "a KEEPALIVE came every 3 s, though the reader saw none");
        peer.GetStatistics().MessagesReceived.Should().Be(received + (10 * HoldTime / 3));
    }

    [Fact]
    public async Task A_KEEPALIVE_counts_from_when_it_came_not_from_when_somebody_looked()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _, connection) = await EstablishAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        connection.Lying = (1, TimeSpan.FromSeconds(3));
        peer.GetStatistics();
        for (var second = 5; second < 10; second++)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await SpeakerFixture.UntilAsync(() => !peer.Driver.IsActing, "the timer has judged");
        peer.State.Should().Be(BgpSessionState.Established, "9 s have passed since the session began, and 8 s since the KEEPALIVE");
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        (await SpeakerFixture.WaitForAsync(peer, status => status.LastDown is not null)).LastDown!.Kind.Should().Be(BgpDownKind.HoldTimerExpired, "it came 9 s ago");
    }

    [Fact]
    public async Task The_timer_looks_before_a_second_KEEPALIVE_may_have_come()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _, connection) = await EstablishAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(HoldTime * 250));
        await SpeakerFixture.UntilAsync(() => !peer.Driver.IsActing, "the timer has looked");
        connection.Looks.Should().BePositive("a peer whose interval is a third of the hold time may send after three quarters of it (RFC 4271 §10)");
    }

    [Fact]
    public async Task The_reader_sleeps_through_KEEPALIVEs_while_the_session_is_up_and_nothing_else()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, router, connection) = await EstablishAsync(fixture);
        connection.WakesFor.Should().Be(MoreThanAKeepalive);

        byte[] update = [.. Enumerable.Repeat((byte)0xFF, WireLimits.MarkerLength), 0, 23, (byte)MessageType.Update, 0, 0, 0, 0];
        await router.Connection.SendAsync(update.AsMemory(0, 10), CancellationToken.None);
        await SpeakerFixture.UntilAsync(() => connection.WakesFor == 1, "the rest of a message may be as short as it likes");
        await router.Connection.SendAsync(update.AsMemory(10), CancellationToken.None);
        await SpeakerFixture.UntilAsync(() => connection.WakesFor == MoreThanAKeepalive, "the message is whole");

        var stop = peer.RemoveAsync();
        await SpeakerFixture.UntilAsync(() => connection.WakesFor == 1, "what is left unread at the end would make the close a reset");
        await router.DisposeAsync();
        await stop;
    }

    [Fact]
    public async Task A_connection_that_is_gone_is_no_fault_of_who_looks()
    {
        await using var fixture = SpeakerFixture.Create();
        var (peer, _, connection) = await EstablishAsync(fixture);
        connection.OnLook = new ObjectDisposedException("socket");
        peer.GetStatistics().SessionsLost.Should().Be(0);
        connection.OnLook = new SocketException((int)SocketError.ConnectionReset);
        peer.GetStatistics().SessionsLost.Should().Be(0, "the reader learns of it and says so");
    }

    private static async Task<(BgpPeer Peer, ScriptedPeer Router, QuietConnection Connection)> EstablishAsync(SpeakerFixture fixture)
    {
        QuietConnection? first = null;
        fixture.Network.Wrap = inner =>
        {
            var connection = new QuietConnection(inner);
            first ??= connection;
            return connection;
        };
        var (peer, router) = await fixture.EstablishAsync(holdTime: HoldTime);
        await SpeakerFixture.UntilAsync(() => first!.WakesFor > 1, "the reader has read all of the handshake");
        await SpeakerFixture.UntilAsync(() => !peer.Driver.IsActing, "the timer is armed");
        return (peer, router, first!);
    }
}
