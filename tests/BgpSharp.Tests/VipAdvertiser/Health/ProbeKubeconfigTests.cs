using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>What a kubeconfig says beside CA and client certificate.</summary>
public sealed class ProbeKubeconfigTests : IDisposable
{
    private const string Token = "eyJ-secret-token";

    private readonly ProbeBench _bench = new();

    [Fact]
    public async Task Its_token_is_shown_and_read_again_with_it()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        _bench.Write("ca.crt", _bench.Authority.Pem);
        Write("certificate-authority: ca.crt", $"token: {Token}-1");
        var probe = Probe(apiserver);

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        apiserver.Authorization.Should().Be($"Bearer {Token}-1");
        Write("certificate-authority: ca.crt", $"token: {Token}-2");
        (await ProbeAsync(probe)).Failure.Should().BeNull();

        apiserver.Authorization.Should().Be($"Bearer {Token}-2");
        _bench.Log.Lines.Should().ContainSingle(line => line.Contains("the bearer token has changed", StringComparison.Ordinal));
        _bench.Log.Lines.Should().NotContain(line => line.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_token_file_wins_over_its_token_and_is_read_again()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        _bench.Write("ca.crt", _bench.Authority.Pem);
        _bench.Write("token", $"{Token}-1\n");
        Write("certificate-authority: ca.crt", $"token: {Token}, tokenFile: token");
        var probe = Probe(apiserver);

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        apiserver.Authorization.Should().Be($"Bearer {Token}-1");
        _bench.Write("token", $"{Token}-2\n");
        (await ProbeAsync(probe)).Failure.Should().BeNull();

        apiserver.Authorization.Should().Be($"Bearer {Token}-2");
    }

    [Fact]
    public async Task Its_token_is_not_shown_to_a_server_that_nothing_is_known_of()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        Write("server: https://203.0.113.10:6443", $"token: {Token}");

        (await ProbeAsync(Probe(apiserver))).Failure.Should().BeNull();

        apiserver.Authorization.Should().BeNull();
    }

    [Fact]
    public async Task Its_name_of_the_server_is_the_one_that_the_certificate_has_to_be_for()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Authority.IssueServer("cluster.example"));
        _bench.Write("ca.crt", _bench.Authority.Pem);
        Write("certificate-authority: ca.crt, tls-server-name: cluster.example", "");
        var probe = Probe(apiserver);

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        Write("certificate-authority: ca.crt, tls-server-name: other.example", "");

        (await ProbeAsync(probe)).Outcome.Should().Be(ProbeOutcome.Distrusted);
    }

    [Fact]
    public async Task Without_verification_any_certificate_does()
    {
        await using var apiserver = ProbeBench.Listen(new StandInAuthority().IssueServer("elsewhere.example"));
        _bench.Write("ca.crt", _bench.Authority.Pem);
        Write("certificate-authority: ca.crt", "");
        var probe = Probe(apiserver);
        (await ProbeAsync(probe)).Outcome.Should().Be(ProbeOutcome.Distrusted);

        Write("certificate-authority: ca.crt, insecure-skip-tls-verify: true", $"token: {Token}");

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        apiserver.Authorization.Should().Be($"Bearer {Token}");
        var strict = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.Kubeconfig, CaFile = _bench.File("ca.crt") });
        (await ProbeAsync(strict)).Outcome.Should().Be(ProbeOutcome.Distrusted, "a CA of the configuration's own is there to be asked");
    }

    public void Dispose() => _bench.Dispose();

    private HttpProbe Probe(StandInApiserver apiserver) => _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.Kubeconfig });

    private void Write(string cluster, string user) => _bench.Write("admin.conf", $$"""
        current-context: c
        contexts: [{name: c, context: {cluster: k, user: u} }]
        clusters: [{name: k, cluster: { {{cluster}} } }]
        users: [{name: u, user: { {{user}} } }]
        """);

    private static Task<ProbeResult> ProbeAsync(HttpProbe probe) => probe.ProbeAsync(fresh: false, TestContext.Current.CancellationToken);
}
