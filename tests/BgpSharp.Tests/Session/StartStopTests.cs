using System.Diagnostics;
using System.Net;

namespace BgpSharp.Tests.Session;

/// <summary>Speakers that come and go leave nothing behind: what is left is counted, how long it took is not.</summary>
[Collection(ProcessMemory.Name)]
public sealed class StartStopTests
{
    private const int Rounds = 1000;
    private const int SocketRounds = 100;

    /// <summary>What a stack frame or a pooled object may still hold of the last rounds.</summary>
    private const int Remembered = 5;

    private static readonly IPAddress Left = IPAddress.Parse("127.0.0.43");
    private static readonly IPAddress Right = IPAddress.Parse("127.0.0.44");

    [Fact]
    public async Task A_thousand_starts_and_stops_leave_no_memory_timer_connection_listener_or_thread_behind()
    {
        var network = new MemoryTransport();
        var time = new CountingTimeProvider();
        var (made, closed) = (0, 0);
        network.Wrap = connection =>
        {
            Interlocked.Increment(ref made);
            return new WrappedConnection(connection) { Disposed = () => Interlocked.Increment(ref closed) };
        };
        await using var routerListener = network.Listen(new IPEndPoint(SpeakerFixture.RouterAddress, 179));
        List<WeakReference> speakers = [];
        var threads = ThreadCount();
        for (var round = 0; round < Rounds; round++)
        {
            speakers.Add(await StartAndStopAsync(network, time, routerListener, round));
        }

        time.Alive.Should().Be(0, "a stopped speaker has no timer");
        made.Should().Be(Rounds);
        closed.Should().Be(Rounds, "every connection was closed");
        network.ListenerCount.Should().Be(1, "only the router's own listener is left");
        ThreadCount().Should().BeLessThan(threads + (Rounds / 10), "a speaker has no thread of its own");
        Collect();
        speakers.Count(speaker => speaker.IsAlive).Should().BeLessThanOrEqualTo(Remembered, "nothing holds a speaker that was stopped");
    }

    [Fact]
    public async Task Starts_and_stops_over_sockets_leave_no_descriptor_behind()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "needs Linux, which shows a process its descriptors");
        List<WeakReference> speakers = [.. await StartAndStopOverSocketsAsync()];
        var sockets = SocketCount();
        for (var round = 0; round < SocketRounds; round++)
        {
            speakers.AddRange(await StartAndStopOverSocketsAsync());
        }

        await SpeakerFixture.UntilAsync(() => SocketCount() <= sockets, "every socket was closed");
        Collect();
        speakers.Count(speaker => speaker.IsAlive).Should().BeLessThanOrEqualTo(2 * Remembered, "nothing holds a speaker that was stopped");
    }

    /// <summary>One life, of which a third ends in the handshake.</summary>
    private static async Task<WeakReference> StartAndStopAsync(MemoryTransport network, TimeProvider time, MemoryListener routerListener, int round)
    {
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = SpeakerFixture.LocalAsn,
            RouterId = SpeakerFixture.LocalIdentifier,
            ListenEndPoints = [SpeakerFixture.ListenEndPoint],
            Transport = network,
            TimeProvider = time,
        });
        speaker.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var peer = speaker.AddPeer(SpeakerFixture.PeerOptions(new RecordingHandler()));
        await speaker.StartAsync();
        await using var router = await SpeakerFixture.AcceptAsync(routerListener);
        if (round % 3 != 0)
        {
            await router.EstablishAsync();
            await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        }

        var stop = speaker.StopAsync(new BgpStopOptions { Mode = round % 2 == 0 ? BgpStopMode.Withdraw : BgpStopMode.Immediate });
        await router.ExpectCloseAsync();
        await router.DisposeAsync();
        await stop.WaitAsync(ScriptedPeer.Patience);
        return new WeakReference(speaker);
    }

    private static async Task<IEnumerable<WeakReference>> StartAndStopOverSocketsAsync()
    {
        var listening = Speaker(65001, Right, [new IPEndPoint(Right, 0)]);
        listening.AddPeer(Options(65000, Left, 179, BgpConnectMode.Passive));
        await listening.StartAsync();
        var dialling = Speaker(65000, Left, []);
        dialling.Routes.Announce(new BgpRoute(SpeakerFixture.Vip));
        var peer = dialling.AddPeer(Options(65001, Right, listening.ListenEndPoints[0].Port, BgpConnectMode.Active));
        await dialling.StartAsync();
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        await Task.WhenAll(dialling.StopAsync(), listening.StopAsync()).WaitAsync(ScriptedPeer.Patience);
        return [new WeakReference(dialling), new WeakReference(listening)];
    }

    private static BgpSpeaker Speaker(uint asn, IPAddress address, IReadOnlyList<IPEndPoint> listen) =>
        new(new BgpSpeakerOptions { LocalAsn = asn, RouterId = BgpIdentifier.FromAddress(address), ListenEndPoints = listen });

    private static BgpPeerOptions Options(uint asn, IPAddress remote, int port, BgpConnectMode mode) => new()
    {
        Address = remote,
        Port = port,
        RemoteAsn = asn,
        ConnectMode = mode,
        LocalAddress = remote.Equals(Right) ? Left : null,
    };

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static int ThreadCount()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }

    private static int SocketCount() => Directory.GetFiles("/proc/self/fd")
        .Count(descriptor => new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
