using System.Text;
using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Http;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>Whom a check trusts, what it shows, and what happens when the files change.</summary>
public sealed class ProbeTlsTests : IDisposable
{
    private const string Token = "eyJ-secret-token";

    private readonly ProbeBench _bench = new();

    [Fact]
    public async Task Without_a_CA_any_certificate_of_this_node_does()
    {
        await using var apiserver = ProbeBench.Listen(new StandInAuthority().IssueServer("elsewhere.example"));

        (await ProbeAsync(_bench.Apiserver(apiserver.EndPoint.Port))).Failure.Should().BeNull();
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_is_as_if_not_given_until_it_is()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.Kubeconfig });
        (await ProbeAsync(probe)).Failure.Should().BeNull();
        _bench.Log.Lines.Should().BeEmpty("it need not be there");

        _bench.Rotate();
        _bench.WriteKubeconfig();

        (await ProbeAsync(probe)).Outcome.Should().Be(ProbeOutcome.Distrusted, "now a CA is known, and the certificate is not its");
    }

    [Fact]
    public async Task A_certificate_of_another_CA_is_not_trusted()
    {
        await using var apiserver = ProbeBench.Listen(new StandInAuthority().IssueServer("kubernetes"));

        var result = await ProbeAsync(_bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.WriteKubeconfig() }));

        result.Outcome.Should().Be(ProbeOutcome.Distrusted);
        result.Failure.Should().Contain("the server's certificate is not trusted (");
    }

    [Fact]
    public async Task A_certificate_for_another_name_than_kubernetes_is_refused()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Authority.IssueServer("127.0.0.1", "localhost"));

        var result = await ProbeAsync(_bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.WriteKubeconfig() }));

        result.Outcome.Should().Be(ProbeOutcome.Distrusted);
        result.Failure.Should().EndWith("the server's certificate is for another name");
    }

    [Fact]
    public async Task A_rotated_CA_is_followed_when_the_kubeconfig_is_written_again()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        apiserver.ClientAuthority = _bench.Authority;
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.WriteKubeconfig() });
        (await ProbeAsync(probe)).Failure.Should().BeNull();

        _bench.Rotate();
        (apiserver.Certificate, apiserver.ClientAuthority) = (_bench.Certificate, _bench.Authority);
        apiserver.Disconnect();
        (await ProbeAsync(probe, fresh: true)).Outcome.Should().Be(ProbeOutcome.Distrusted, "the kubeconfig has the old CA still");
        _bench.WriteKubeconfig();

        (await ProbeAsync(probe)).Failure.Should().BeNull();
        _bench.Log.Lines.Should().Equal(
            $"Information: Health check: the trusted CA has changed and was read again from certificate-authority-data of {_bench.Kubeconfig}",
            $"Information: Health check: the client certificate has changed and was read again from client-certificate-data of {_bench.Kubeconfig} and client-key-data of {_bench.Kubeconfig}");
    }

    [Fact]
    public async Task An_apiserver_that_wants_a_client_certificate_turns_away_whoever_has_none()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        apiserver.ClientAuthority = _bench.Authority;

        (await ProbeAsync(_bench.Apiserver(apiserver.EndPoint.Port))).Outcome.Should().Be(ProbeOutcome.Failed);
    }

    [Fact]
    public async Task A_kubeconfig_may_name_files_and_their_change_is_noticed()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        apiserver.ClientAuthority = _bench.Authority;
        var client = new StandInAuthority().IssueClient();
        _bench.Write("ca.crt", _bench.Authority.Pem);
        WriteClient(client);
        _bench.Write("admin.conf", """
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u}}]
            clusters: [{name: k, cluster: {certificate-authority: ca.crt}}]
            users: [{name: u, user: {client-certificate: ./client.pem, client-key: client.pem}}]
            """);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.Kubeconfig });
        (await ProbeAsync(probe)).Outcome.Should().Be(ProbeOutcome.Failed, "the client certificate is of another CA");

        WriteClient(_bench.Authority.IssueClient());

        (await ProbeAsync(probe)).Failure.Should().BeNull();
    }

    [Fact]
    public async Task A_kubeconfig_that_breaks_is_said_once_and_what_was_good_last_is_kept()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        apiserver.ClientAuthority = _bench.Authority;
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.WriteKubeconfig() });
        (await ProbeAsync(probe)).Failure.Should().BeNull();

        _bench.Write("admin.conf", "users: }");
        (await ProbeAsync(probe, fresh: true)).Failure.Should().BeNull();
        (await ProbeAsync(probe, fresh: true)).Failure.Should().BeNull();

        _bench.Log.Lines.Should().Equal($"Warning: Health check: {_bench.Kubeconfig} is not usable: line 1 is not YAML: going on with what was usable last, if anything");
        _bench.WriteKubeconfig();
        (await ProbeAsync(probe, fresh: true)).Failure.Should().BeNull();
        _bench.Write("admin.conf", "users: }");
        await ProbeAsync(probe);
        _bench.Log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal)).Should().Be(2, "it was good in between");
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("a: }", "line 1 is not YAML")]
    [InlineData("just text", "it has no current-context")]
    [InlineData("current-context: c", "c is not among its contexts")]
    [InlineData("{current-context: c, contexts: [{name: c, context: {user: u}}]}", "its current context has no cluster")]
    [InlineData("{current-context: c, contexts: [{name: c, context: {cluster: k}}]}", "k is not among its clusters")]
    [InlineData("{current-context: c, contexts: [{name: c, context: {cluster: k, user: u}}], clusters: [{name: k, cluster: {}}]}", "u is not among its users")]
    [InlineData("{current-context: c, contexts: [{name: c, context: {cluster: k}}], clusters: [{name: k, cluster: {certificate-authority-data: '???'}}]}", "its certificate-authority-data is not base64")]
    public void What_is_no_kubeconfig_is_said(string content, string reason)
    {
        var parse = () => Kubeconfig.Parse(Encoding.UTF8.GetBytes(content), "/etc/admin.conf");

        parse.Should().Throw<TlsFileException>().WithMessage($"/etc/admin.conf is not usable: {reason}");
    }

    [Fact]
    public async Task A_URL_without_a_CA_is_trusted_by_the_systems_roots_alone()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Authority.IssueServer("localhost"));

        (await ProbeAsync(_bench.Url($"https://localhost:{apiserver.EndPoint.Port}/livez"))).Outcome.Should().Be(ProbeOutcome.Distrusted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_URL_is_checked_with_its_CA_by_the_name_it_has(bool withSystemRoots)
    {
        await using var apiserver = ProbeBench.Listen(_bench.Authority.IssueServer("localhost", "127.0.0.1"));
        var tls = new GateTlsOptions { CaFile = _bench.Write("ca.pem", _bench.Authority.Pem), WithSystemRoots = withSystemRoots };

        (await ProbeAsync(_bench.Url($"https://localhost:{apiserver.EndPoint.Port}/livez", tls))).Failure.Should().BeNull();
        (await ProbeAsync(_bench.Url($"https://127.0.0.1:{apiserver.EndPoint.Port}/livez", tls))).Failure.Should().BeNull();
        (await ProbeAsync(_bench.Url($"https://127.0.0.2:{apiserver.EndPoint.Port}/livez", tls))).Outcome.Should().Be(ProbeOutcome.Refused);
        apiserver.Certificate = new StandInAuthority().IssueServer("localhost");
        (await ProbeAsync(_bench.Url($"https://localhost:{apiserver.EndPoint.Port}/livez", tls))).Outcome.Should().Be(ProbeOutcome.Distrusted);
    }

    [Theory]
    [InlineData(200, 200, false, "HTTP status 302")]
    [InlineData(200, 302, false, null)]
    [InlineData(200, 200, true, null)]
    public async Task Codes_and_redirects_are_as_configured(int from, int to, bool followRedirects, string? failure)
    {
        await using var server = ProbeBench.Listen(null, mode: StandInMode.Redirect);
        var url = $"http://127.0.0.1:{server.EndPoint.Port}/healthz";

        var result = await ProbeAsync(_bench.Url(url, null, followRedirects, (from, to)));

        result.Failure.Should().Be(failure is null ? null : $"{url}: {failure}");
    }

    [Fact]
    public async Task A_token_is_sent_and_read_again_when_it_changes()
    {
        await using var server = ProbeBench.Listen(null);
        var probe = _bench.Url($"http://127.0.0.1:{server.EndPoint.Port}/", new GateTlsOptions { TokenFile = _bench.Write("token", Token + "\n") });
        await ProbeAsync(probe);
        server.Authorization.Should().Be($"Bearer {Token}");

        _bench.Write("token", "another");

        await ProbeAsync(probe);
        server.Authorization.Should().Be("Bearer another");
        server.Accepted.Should().Be(1, "a token is no reason for another connection");
    }

    [Theory]
    [InlineData("ca", "is not there")]
    [InlineData("client", "is not there")]
    [InlineData("token", "is not there")]
    public async Task A_file_that_the_configuration_names_has_to_be_there(string kind, string reason)
    {
        await using var server = ProbeBench.Listen(null);
        var path = _bench.File("missing");
        var tls = new GateTlsOptions
        {
            CaFile = kind == "ca" ? path : null,
            ClientCertificateFile = kind == "client" ? path : null,
            TokenFile = kind == "token" ? path : null,
        };

        (await ProbeAsync(_bench.Url($"http://127.0.0.1:{server.EndPoint.Port}/", tls))).Failure.Should().EndWith($"{path} {reason}");
        server.Accepted.Should().Be(0, "a check without it would mean nothing");
    }

    [Fact]
    public async Task Secrets_are_in_no_line_and_no_failure()
    {
        var said = new List<string?>();
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, mode: StandInMode.Unready);
        var kubeconfig = _bench.WriteKubeconfig();
        var key = Encoding.ASCII.GetString(Kubeconfig.Parse(await File.ReadAllBytesAsync(kubeconfig), kubeconfig).ClientKey!.Read());
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = kubeconfig, TokenFile = _bench.Write("token", Token) });
        said.Add((await ProbeAsync(probe)).Failure);
        foreach (var (file, content) in new[]
        {
            ("token", $"{Token} with\nlines"), ("token", $"{Token}\u0001"), ("admin.conf", $"key: '{key}"), ("admin.conf", $"- {key}\n\t- : {Token}: ["),
            ("admin.conf", _bench.Authority.Kubeconfig(_bench.Authority.IssueClient()).Replace("client-key-data: ", "client-key-data: !", StringComparison.Ordinal)),
            ("admin.conf", _bench.Authority.Kubeconfig(_bench.Authority.IssueClient()).Replace("client-key-data: ", "client-key-data: AAAA", StringComparison.Ordinal)),
        })
        {
            _bench.Write(file, content);
            said.Add((await ProbeAsync(probe, fresh: true)).Failure);
        }

        foreach (var url in new[] { $"https://user:{Token}@127.0.0.1:{apiserver.EndPoint.Port}/path?token={Token}", $"http://user:{Token}@127.0.0.1:{apiserver.EndPoint.Port}/?t={Token}" })
        {
            said.Add((await ProbeAsync(_bench.Url(url))).Failure);
        }

        // No token was ever usable.
        var never = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { TokenFile = _bench.Write("token", $"{Token} and more") });
        said.Add((await ProbeAsync(never)).Failure);

        said.Should().HaveCount(10).And.NotContainNulls("each of them has to say something");
        _bench.Log.Lines.Should().HaveCountGreaterThan(3);
        var secrets = key.Split('\n').Where(line => line.Length > 16 && !line.StartsWith('-')).Append(Token).ToList();
        secrets.Should().HaveCountGreaterThan(2);
        foreach (var line in said.Concat(_bench.Log.Lines))
        {
            line.Should().NotContainAny(secrets);
        }
    }

    public void Dispose() => _bench.Dispose();

    private static Task<ProbeResult> ProbeAsync(HttpProbe probe, bool fresh = false) => probe.ProbeAsync(fresh, TestContext.Current.CancellationToken);

    private void WriteClient(System.Security.Cryptography.X509Certificates.X509Certificate2 client) => _bench.Write(
        "client.pem",
        client.ExportCertificatePem() + "\n" + System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(client)!.ExportPkcs8PrivateKeyPem());
}
