using System.Net;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>What the advertiser under test is made of.</summary>
public sealed partial class AdvertiserTests
{
    public void Dispose()
    {
        _advertiser?.Dispose();
        _signals.Dispose();
    }

    private static AdvertiserOptions Options(string[] remarks) => Make(false, [], remarks);

    private static AdvertiserOptions Options(bool check = false, params string[] names) => Make(check, names, []);

    private static AdvertiserOptions InKubeVipsPlace(string name) => Make(true, [name], [], kubeVip: true);

    private static AdvertiserOptions WithRouter(string name, string router) => Make(false, [name], [], routers: router);

    private static AdvertiserOptions Make(bool check, string[] names, string[] remarks, bool kubeVip = false, params string[] routers) => new()
    {
        Vips = [.. (names is [] ? ["203.0.113.10"] : names).Select(Vip)],
        LocalAsn = 65000,
        RouterId = BgpIdentifier.Parse("198.51.100.11"),
        LogLevel = LogLevel.Information,
        Peers = [.. routers.Select(Router)],
        Stop = new BgpStopOptions { Mode = BgpStopMode.Drain, Linger = Linger },
        Gate = check ? Gate : null,
        Http = null,
        IsKubeVip = kubeVip,
        Remarks = remarks,
    };

    private static PeerOptions Router(string address) => new()
    {
        Session = new BgpPeerOptions { Address = IPAddress.Parse(address), RemoteAsn = 65001 },
        Route = RouteOptions.None,
    };

    private static VipOptions Vip(string name) => new()
    {
        Name = name,
        Address = IPAddress.TryParse(name, out var address) ? address : null,
        DnsMode = DnsMode.First,
        Interface = "lo",
        GlobalScope = false,
        SkipDad = false,
        Route = RouteOptions.None,
    };

    private static GateOptions Gate => new()
    {
        Probe = new GateProbe.Tcp(new HostPort("127.0.0.1", 6443)),
        Interval = TimeSpan.FromSeconds(1),
        Timeout = TimeSpan.FromSeconds(1),
        Fall = 3,
        Rise = 2,
        Jitter = 0,
        ExpectedCodes = [],
        Tls = GateTlsOptions.None,
        FailStatic = null,
    };

    private async Task StartAsync(EffectLog effects, AdvertiserOptions options)
    {
        _advertiser = new Advertiser(options, effects, effects, effects, effects, effects, _signals, _exit, _time, new Logger<Advertiser>(_log));
        await _advertiser.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task StopAsync() => _advertiser!.StopAsync(TestContext.Current.CancellationToken).WaitAsync(ScriptedPeer.Patience);

    /// <summary>The linger's timer may not be set yet when the flush is seen.</summary>
    private async Task AdvanceUntilAsync(EffectLog effects, string expected)
    {
        string? effect;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!effects.TryNext(out effect))
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        effect.Should().Be(expected);
    }
}
