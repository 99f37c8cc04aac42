using System.Net;
using BgpSharp.Hosting;
using BgpSharp.Tests.Session;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Hosting;

/// <summary>A host on an in-memory network with a clock that stands still.</summary>
internal sealed class HostedFixture
{
    public static readonly IPAddress FirstAddress = IPAddress.Parse("198.51.100.1");
    public static readonly IPAddress SecondAddress = IPAddress.Parse("198.51.100.2");

    public HostedFixture()
    {
        Builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Builder.Services.AddSingleton<BgpTransport>(Network).AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerFactory>(Logs);
    }

    public HostApplicationBuilder Builder { get; }

    public MemoryTransport Network { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public IServiceCollection Services => Builder.Services;

    /// <summary>A section with the least there is, as <see cref="SectionReading.Least"/>, and more.</summary>
    public static IConfigurationSection Section(params (string Key, string? Value)[] more) => SectionReading.Section(SectionReading.Least, more);

    /// <summary>Two peers that are dialled.</summary>
    public static void WithTwoPeers(BgpHostedSpeakerOptions options)
    {
        options.LocalAsn = SpeakerFixture.LocalAsn;
        options.RouterId = SpeakerFixture.LocalIdentifier;
        options.Peers["tor1"] = SpeakerFixture.PeerOptions(address: FirstAddress);
        options.Peers["tor2"] = SpeakerFixture.PeerOptions(address: SecondAddress);
    }

    public MemoryListener Listen(IPAddress address) => Network.Listen(new IPEndPoint(address, 179));

    /// <summary>Plays the router that is dialled, up to the established session.</summary>
    public static async Task<ScriptedPeer> EstablishAsync(MemoryListener listener, BgpSpeaker speaker)
    {
        var router = await SpeakerFixture.AcceptAsync(listener);
        await router.EstablishAsync();
        var peer = speaker.Peers.Single(peer => peer.Options.Address.Equals(listener.LocalEndPoint.Address));
        await SpeakerFixture.WithinPatience(token => peer.WaitForEstablishedAsync(token));
        return router;
    }

    /// <summary>Stops a host whose routers close when they are told to.</summary>
    public static async Task StopAsync(IHost host, params ScriptedPeer[] routers)
    {
        var stop = host.StopAsync();
        foreach (var router in routers)
        {
            await router.ExpectCloseAsync();
            await router.DisposeAsync();
        }

        await stop.WaitAsync(ScriptedPeer.Patience);
    }
}
