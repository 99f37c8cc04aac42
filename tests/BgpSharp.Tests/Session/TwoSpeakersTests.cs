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
            using var handlerGate = new CancellationTokenSource(ScriptedPeer.Patience);
            var handler = new RecordingHandler();
            await using var left = Speaker(65000, LeftAddress, network, time);
            await using var right = Speaker(65001, RightAddress, network, time);
            var toRight = left.AddPeer(Peer(65001, local: LeftAddress, remote: RightAddress));
            var toLeft = right.AddPeer(Peer(65000, local: RightAddress, remote: LeftAddress, handler));
            left.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
            await Task.WhenAll(left.StartAsync(), right.StartAsync());

            // A dial that came before the other side listened is tried again a second later.
            var sessions = Task.WhenAll(toRight.WaitForEstablishedAsync(handlerGate.Token), toLeft.WaitForEstablishedAsync(handlerGate.Token));
            while (!sessions.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                await SpeakerFixture.Settle();
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
