using System.Net;
using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>The gate as the host has it, with a stand-in apiserver and the kernel's own news.</summary>
public sealed class HealthGateFactoryTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ProbeBench _bench = new();

    /// <summary>The next check of its own is an hour away.</summary>
    [Theory]
    [InlineData("apiserver")]
    [InlineData("url")]
    [InlineData("tcp")]
    public async Task A_closed_listener_makes_it_unhealthy_at_once_even_while_open_connections_are_answered(string kind)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "the kernel tells only root of sockets");
        await using var apiserver = ProbeBench.Listen(kind == "url" ? null : _bench.Certificate);
        var port = apiserver.EndPoint.Port;
        await using var checks = Watch(Options(kind switch
        {
            "apiserver" => new GateProbe.Apiserver(port, ProbeBench.Path),
            "url" => new GateProbe.Url(new Uri($"http://127.0.0.1:{port}/healthz")),
            _ => new GateProbe.Tcp(new HostPort("127.0.0.1", port)),
        }));
        (await NextAsync(checks)).State.Verdict.Should().Be(HealthVerdict.Healthy);

        apiserver.Mode = StandInMode.Closed;

        var check = await NextAsync(checks);
        check.Confirming.Should().BeTrue();
        check.Changed.Should().BeTrue("nobody listens any more");
        check.State.Should().Be(new HealthState(HealthVerdict.Unhealthy, 0));
        _bench.Log.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Fail_static_asks_the_siblings_by_the_name_kubernetes_with_the_kubeconfigs_trust()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, mode: StandInMode.Unready);

        // A certificate of its own: servers of one process that share one take TLS sessions from each other.
        await using var working = ProbeBench.Listen(_bench.Authority.IssueServer("kubernetes"));
        working.ClientAuthority = _bench.Authority;
        await using var failing = ProbeBench.Listen(_bench.Certificate, mode: StandInMode.Unready);

        (await FallAsync(apiserver, failing, working)).FailStatic.Should().BeFalse("one of them works");
        working.Asked.Should().Be("/readyz");
        working.Mode = StandInMode.Unready;
        (await FallAsync(apiserver, failing, working)).FailStatic.Should().BeTrue("none of them works");
        working.Certificate = new StandInAuthority().IssueServer("kubernetes");
        (await FallAsync(apiserver, failing, working)).FailStatic.Should().BeFalse("one of them cannot be judged");
    }

    public void Dispose() => _bench.Dispose();

    private static async Task<HealthObservation> NextAsync(IAsyncEnumerator<HealthObservation> checks)
    {
        (await checks.MoveNextAsync().AsTask().WaitAsync(Deadline)).Should().BeTrue();
        return checks.Current;
    }

    private async Task<HealthObservation> FallAsync(StandInApiserver apiserver, params StandInApiserver[] siblings)
    {
        var failStatic = new FailStaticOptions
        {
            Siblings = [.. siblings.Select(sibling => new Uri($"https://{sibling.EndPoint}/readyz"))],
            MaxTime = TimeSpan.FromHours(1),
        };
        await using var checks = Watch(Options(new GateProbe.Apiserver(apiserver.EndPoint.Port, ProbeBench.Path), failStatic), HealthVerdict.Healthy);
        return await NextAsync(checks);
    }

    private IAsyncEnumerator<HealthObservation> Watch(GateOptions options, HealthVerdict before = HealthVerdict.Unknown) =>
        new HealthGateFactory(new OwnAddresses(), TimeProvider.System, _bench.Log)
            .Create(options, () => [IPAddress.Parse("203.0.113.10")])
            .WatchAsync(new HealthState(before, 0), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator();

    private GateOptions Options(GateProbe probe, FailStaticOptions? failStatic = null) => new()
    {
        Probe = probe,
        Interval = TimeSpan.FromHours(1),
        Timeout = TimeSpan.FromSeconds(30),
        Fall = failStatic is null ? 3 : 1,
        Rise = 2,
        Jitter = 0.1,
        ExpectedCodes = [(200, 200)],
        Tls = new GateTlsOptions { Kubeconfig = _bench.WriteKubeconfig() },
        FailStatic = failStatic,
    };
}
