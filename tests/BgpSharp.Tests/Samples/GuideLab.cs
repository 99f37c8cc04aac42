using System.Net;

namespace BgpSharp.Tests.Samples;

/// <summary>A speaker with one router, in memory and in virtual time.</summary>
internal sealed class GuideLab : IAsyncDisposable
{
    private static readonly IPEndPoint RouterEndPoint = IPEndPoint.Parse("198.51.100.9:179");

    private readonly AwaitedTime _time = new();
    private readonly CancellationTokenSource _patience = new(ScriptedPeer.Patience);
    private readonly MemoryListener _listener;

    private GuideLab(BgpPeerHandler? handler)
    {
        var network = new MemoryTransport();
        _listener = network.Listen(RouterEndPoint);
        Speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.11"), Transport = network, TimeProvider = _time });
        Peer = Speaker.AddPeer(new BgpPeerOptions { Address = RouterEndPoint.Address, RemoteAsn = 65001, Handler = handler });
    }

    public BgpSpeaker Speaker { get; }

    public BgpPeer Peer { get; }

    public ScriptedPeer Router { get; private set; } = null!;

    public static async Task<GuideLab> StartAsync(BgpPeerHandler? handler)
    {
        var lab = new GuideLab(handler);
        await lab.Speaker.StartAsync(TestContext.Current.CancellationToken);
        lab.Router = new ScriptedPeer(await lab._listener.AcceptAsync(lab._patience.Token), 65001, BgpIdentifier.Parse("198.51.100.9"));
        await lab.Router.EstablishAsync();
        (await lab.Router.ExpectUpdateAsync()).Announced.Should().BeEmpty("this is the End-of-RIB of no routes");
        return lab;
    }

    public async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            _patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Lets a wait of the speaker pass, once it has begun.</summary>
    public Task PassAsync(TimeSpan wait) => UntilAsync(() => _time.TryPass(wait));

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        Speaker.Dispose();
        await _listener.DisposeAsync();
        _patience.Dispose();
    }
}
