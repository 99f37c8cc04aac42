using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Session;

public sealed class TwoSpeakersTests
{
    private static readonly IPAddress LeftAddress = IPAddress.Parse("198.51.100.11");
    private static readonly IPAddress RightAddress = IPAddress.Parse("198.51.100.12");

    [Fact]
    public async Task Both_sides_dial_at_once_and_one_session_comes_of_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var network = new MemoryTransport();
            var time = new FakeTimeProvider();
            using var patience = new CancellationTokenSource(ScriptedPeer.Patience);
            var handler = new RecordingHandler();
            await using var left = Speaker(65000, LeftAddress, network, time);
            await using var right = Speaker(65001, RightAddress, network, time);
            left.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
            await Task.WhenAll(left.StartAsync(), right.StartAsync());

            // Both listen. A connection that comes before its peer was added is closed; the other side's dial is the session
            // then. Only where one side has taken the connection for established that the other gives up are both lost
            // (RFC 4271 §6.8), and it takes time to try again.
            using var atOnce = new Barrier(2);
            var adding = (
                Left: Task.Run(() => Add(left, atOnce, Peer(65001, local: LeftAddress, remote: RightAddress))),
                Right: Task.Run(() => Add(right, atOnce, Peer(65000, local: RightAddress, remote: LeftAddress, handler))));
            var (toRight, toLeft) = (await adding.Left, await adding.Right);
            var sessions = Task.WhenAll(toRight.WaitForEstablishedAsync(patience.Token), toLeft.WaitForEstablishedAsync(patience.Token));
            while (!sessions.IsCompleted)
            {
                if (IsIdle(toRight) && IsIdle(toLeft))
                {
                    time.Advance(TimeSpan.FromMilliseconds(100));
                }

                await Task.Yield();
            }

            await sessions;
            await SpeakerFixture.UntilAsync(
                () => toRight.Session is { } one && toLeft.Session is { } other && one.LocalEndPoint.Equals(other.RemoteEndPoint) && one.RemoteEndPoint.Equals(other.LocalEndPoint),
                "both sides agree on which connection it is (RFC 4271 §6.8)");
            await SpeakerFixture.UntilAsync(() => toRight.Driver.ConnectionCount == 1 && toLeft.Driver.ConnectionCount == 1, "the other connection is closed");
            string call;
            do
            {
                call = await handler.NextAsync();
            }
            while (!call.StartsWith("update +203.0.113.10/32", StringComparison.Ordinal));
            await Task.WhenAll(left.StopAsync(), right.StopAsync()).WaitAsync(ScriptedPeer.Patience);
        }
    }

    /// <summary>Nothing is under way that could lead to a session without time passing.</summary>
    private static bool IsIdle(BgpPeer peer) => peer.Driver.ConnectionCount == 0 && !peer.Driver.IsActing;

    private static BgpPeer Add(BgpSpeaker speaker, Barrier atOnce, BgpPeerOptions options)
    {
        atOnce.SignalAndWait(ScriptedPeer.Patience);
        return speaker.AddPeer(options);
    }

    private static BgpSpeaker Speaker(uint asn, IPAddress address, MemoryTransport network, TimeProvider time) => new(new BgpSpeakerOptions
    {
        LocalAsn = asn,
        RouterId = BgpIdentifier.Parse(address.ToString()),
        ListenEndPoints = [new IPEndPoint(address, 179)],
        Transport = network,
        TimeProvider = time,
    });

    private static BgpPeerOptions Peer(uint asn, IPAddress local, IPAddress remote, BgpPeerHandler? handler = null) => new()
    {
        Address = remote,
        LocalAddress = local,
        RemoteAsn = asn,
        Handler = handler,
    };
}
