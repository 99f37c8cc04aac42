using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Session;

/// <summary>A speaker of AS 65000 on an in-memory network with a clock of its own, and peers of AS 65001 played by the test.</summary>
internal sealed class SpeakerFixture : IAsyncDisposable
{
    public static readonly Asn LocalAsn = 65000;
    public static readonly Asn RemoteAsn = 65001;
    public static readonly BgpIdentifier LocalIdentifier = BgpIdentifier.Parse("198.51.100.11");
    public static readonly BgpIdentifier RemoteIdentifier = BgpIdentifier.Parse("198.51.100.9");
    public static readonly IPAddress RouterAddress = IPAddress.Parse("198.51.100.9");
    public static readonly IpPrefix Vip = IpPrefix.Parse("203.0.113.10/32");
    public static readonly IPEndPoint ListenEndPoint = new(LocalIdentifierAddress, 179);

    private SpeakerFixture(IReadOnlyList<IPEndPoint> listen, Func<IPEndPoint, BgpPeerOptions?>? acceptPeer, ILoggerFactory? loggers, IMeterFactory? meters) => Speaker = new BgpSpeaker(new BgpSpeakerOptions
    {
        LocalAsn = LocalAsn,
        RouterId = LocalIdentifier,
        ListenEndPoints = listen,
        AcceptPeer = acceptPeer,
        LoggerFactory = loggers ?? Logs,
        MeterFactory = meters,
        TimeProvider = Time,
        Transport = Network,
    });

    public static IPAddress LocalIdentifierAddress => IPAddress.Parse("198.51.100.11");

    public FakeTimeProvider Time { get; } = new();

    /// <summary>The network; a password that cannot be read cannot be set.</summary>
    public MemoryTransport Network { get; } = new() { OnSetPassword = (_, password) => password?.Read() };

    public CapturedLogs Logs { get; } = new();

    public BgpSpeaker Speaker { get; }

    /// <summary>Whether something inside is meant to throw; otherwise a log line about an internal error fails the test.</summary>
    public bool ExpectsFaults { get; init; }

    public static SpeakerFixture Create(
        bool listening = false,
        Func<IPEndPoint, BgpPeerOptions?>? acceptPeer = null,
        ILoggerFactory? loggers = null,
        IMeterFactory? meters = null,
        bool expectsFaults = false) => new(listening ? [ListenEndPoint] : [], acceptPeer, loggers, meters) { ExpectsFaults = expectsFaults };

    public static BgpPeerOptions PeerOptions(BgpPeerHandler? handler = null, IPAddress? address = null, BgpConnectMode mode = BgpConnectMode.Active) => new()
    {
        Address = address ?? RouterAddress,
        RemoteAsn = RemoteAsn,
        ConnectMode = mode,
        Handler = handler,
    };

    public MemoryListener Listen(IPAddress? address = null) => Network.Listen(new IPEndPoint(address ?? RouterAddress, 179));

    public static async Task<ScriptedPeer> AcceptAsync(MemoryListener router, ushort holdTime = 90, params BgpCapability[] more)
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        return new ScriptedPeer(await router.AcceptAsync(limit.Token), RemoteAsn, RemoteIdentifier) { HoldTime = holdTime, MoreCapabilities = more };
    }

    /// <summary>Moves the clock on until the speaker has dialled that many times, and no further, and plays the router then.</summary>
    public async Task<ScriptedPeer> AcceptDialAsync(MemoryListener router, int number, ushort holdTime = 90)
    {
        await AdvanceUntilAsync(() => Network.Dials >= number, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        return await AcceptAsync(router, holdTime);
    }

    /// <summary>Dials the speaker as a peer does.</summary>
    public async Task<ScriptedPeer> DialAsync(IPAddress from)
    {
        var connection = await Network.ConnectAsync(new BgpConnectOptions { RemoteEndPoint = ListenEndPoint, LocalAddress = from }, CancellationToken.None);
        return new ScriptedPeer(connection, RemoteAsn, RemoteIdentifier);
    }

    /// <summary>A speaker with one peer and an established session on it.</summary>
    public Task<(BgpPeer Peer, ScriptedPeer Router)> EstablishAsync(BgpPeerHandler? handler = null, ushort holdTime = 90) =>
        EstablishAsync(PeerOptions(handler), holdTime);

    /// <summary>A speaker with one peer of these options, which offers more capabilities than usual, and an established session.</summary>
    public async Task<(BgpPeer Peer, ScriptedPeer Router)> EstablishAsync(BgpPeerOptions options, ushort holdTime = 90, params BgpCapability[] more)
    {
        var listener = Listen();
        var peer = Speaker.AddPeer(options);
        await Speaker.StartAsync();
        var router = await AcceptAsync(listener, holdTime, more);
        await router.EstablishAsync();
        await WithinPatience(token => peer.WaitForEstablishedAsync(token));
        if (options.Handler is null or RecordingHandler)
        {
            // Until then the handler counts as busy, and a clock moved by the hold time would make it too slow.
            await UntilAsync(() => peer.Driver.Established?.HasReportedUp != false, "a handler that is quick has been told");
        }

        return (peer, router);
    }

    public static async Task WithinPatience(Func<CancellationToken, Task> wait)
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        await wait(limit.Token);
    }

    /// <summary>Waits until a peer's status is as it should be.</summary>
    public static async Task<BgpPeerStatus> WaitForAsync(BgpPeer peer, Func<BgpPeerStatus, bool> condition)
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        await foreach (var status in peer.WatchAsync(limit.Token))
        {
            if (condition(status))
            {
                return status;
            }
        }

        throw new InvalidOperationException("The watch ended.");
    }

    /// <summary>Moves the clock on, a little at a time so that timers armed on the way fire too, until something has happened.</summary>
    public async Task AdvanceUntilAsync(Func<bool> happened, TimeSpan step, TimeSpan most)
    {
        for (var moved = TimeSpan.Zero; !happened(); moved += step)
        {
            moved.Should().BeLessThan(most, "what was waited for should have happened by then");
            await AdvanceAsync(step);
        }
    }

    /// <summary>
    /// Moves the clock on. What the peers are acting upon is done before and after: a test sees a state before it is fully
    /// acted upon, and on a busy machine the clock would run away meanwhile.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan step)
    {
        await UntilAsync(IsAtRest, "what has happened is acted upon without time passing");
        Time.Advance(step);
        await UntilAsync(IsAtRest, "what was due is acted upon without more time passing");
        await Settle();
    }

    /// <summary>Lets every continuation that is ready run.</summary>
    public static async Task Settle()
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
        }
    }

    /// <summary>Waits, with the clock standing still, until something has happened.</summary>
    public static async Task UntilAsync(Func<bool> happened, string because)
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        while (!happened())
        {
            limit.IsCancellationRequested.Should().BeFalse(because);
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock on for as long as a task needs; how long that is, is not asserted.</summary>
    public async Task AdvanceUntilEndAsync(Task task)
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        while (!task.IsCompleted)
        {
            limit.IsCancellationRequested.Should().BeFalse("it ends when time passes");
            await AdvanceAsync(TimeSpan.FromMilliseconds(100));
        }

        await task;
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed may have left a handler that does not return, which costs the clock two seconds.
        await AdvanceUntilEndAsync(Speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Immediate, Timeout = TimeSpan.Zero }));
        if (!ExpectsFaults)
        {
            Logs.Entries.Where(entry => entry.Level == LogLevel.Critical).Should().BeEmpty("nothing may throw inside");
        }
    }

    private bool IsAtRest() => Speaker.Peers.All(peer => !peer.Driver.IsActing);
}
