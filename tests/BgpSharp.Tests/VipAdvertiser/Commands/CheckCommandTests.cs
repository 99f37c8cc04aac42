using System.Net;
using System.Net.Sockets;
using BgpSharp.TestRun;
using BgpSharp.Tests.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Commands;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Commands;

/// <summary>What <c>check</c> says; the peer is a speaker on loopback, or nobody.</summary>
public sealed class CheckCommandTests : ConfigurationReading
{
    [Fact]
    public async Task A_peer_that_takes_the_session_and_a_check_that_succeeds_are_0()
    {
        await using var router = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = 65001,
            RouterId = BgpIdentifier.Parse("198.51.100.1"),
            ListenEndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
        });
        router.AddPeer(new BgpPeerOptions { Address = IPAddress.Loopback, RemoteAsn = 65000, ConnectMode = BgpConnectMode.Passive });
        await router.StartAsync(TestContext.Current.CancellationToken);

        var (code, text) = await CheckAsync(null, "--peers:0:address=127.0.0.1", $"--peers:0:port={router.ListenEndPoints[0].Port}", "--peers:0:password=");

        code.Should().Be(0);
        text.Should().Contain("127.0.0.1 AS 65001: Established: hold time 9 s, ipv4-unicast, from 127.0.0.1")
            .And.Contain("Health check:\n  it succeeds")
            .And.Contain("router bgp 65001").And.Contain("protocol bgp vip_127_0_0_1");
    }

    [Fact]
    public async Task Nobody_there_and_a_failing_check_are_2_with_the_reasons()
    {
        var (code, text) = await CheckAsync("refused", "--peers:0:address=127.0.0.1", $"--peers:0:port={ClosedPort()}", "--peers:0:password=");

        code.Should().Be(2);
        text.Should().Contain("127.0.0.1 AS 65001: no session: cannot connect: ").And.Contain("Health check:\n  refused");
    }

    [Fact]
    public async Task A_session_with_graceful_restart_is_not_tried()
    {
        var (code, text) = await CheckAsync(null, "--peers:0:address=127.0.0.1", "--peers:0:gracefulRestart=60");

        code.Should().Be(0);
        text.Should().Contain("127.0.0.1 AS 65001: not tried, since with gracefulRestart a running host would lose its session");
    }

    [Fact]
    public async Task Every_key_has_its_source_and_no_secret_is_shown()
    {
        SetVariable("BGPSHARP_PEERS__0__PORT", $"{ClosedPort()}");

        var (_, text) = await CheckAsync(null, "--peers:0:address=127.0.0.1", "--peers:0:password=s3cret", "--http:listen=", "--otlp:headers=Api-Key=s3cret");

        text.Should().MatchRegex(@"\n  localAs +65000 +\(" + FilePath + @":1\)\n")
            .And.MatchRegex(@"\n  peers:0:port +\d+ +\(BGPSHARP_PEERS__0__PORT\)\n")
            .And.MatchRegex(@"\n  peers:0:password +\*\*\* +\(the command line\)\n")
            .And.MatchRegex(@"\n  otlp:headers +\*\*\* +\(the command line\)\n")
            .And.MatchRegex(@"\n  health:interval +1s +\(default\)\n")
            .And.MatchRegex(@"\n  http:listen +none +\(the command line\)\n")
            .And.NotContain("s3cret");
    }

    [Fact]
    public async Task The_collector_is_asked_without_sending_it_anything()
    {
        await using var collector = new StandInCollector();
        string[] export = ["--peers:0:address=127.0.0.1", "--peers:0:gracefulRestart=60", $"--otlp:endpoint={collector.Url}", "--otlp:headers=Api-Key=s3cret"];

        var (code, text) = await CheckAsync(null, export);

        code.Should().Be(0);
        text.Should().Contain($"Collector:\n  {collector.Url}/: it answers\n");
        collector.Requests.Select(request => $"{request.Path} {request.Body} {request.Headers["Api-Key"]}").Should().Equal("""/v1/metrics {"resourceMetrics":[]} s3cret""", """/v1/logs {"resourceLogs":[]} s3cret""");

        collector.Answer = request => request.Path == "/v1/logs" ? StandInCollector.Status(404) : StandInCollector.Ok;
        (code, text) = await CheckAsync(null, export);

        code.Should().Be(2);
        text.Should().Contain($"Collector:\n  {collector.Url}/: it does not take logs: HTTP status 404\n").And.NotContain("s3cret");
    }

    [Fact]
    public async Task A_name_is_resolved_for_the_routers_prefix_list()
    {
        var (_, text) = await CheckAsync(null, "--peers:0:address=127.0.0.1", $"--peers:0:port={ClosedPort()}", "--vip=vip.example");

        text.Should().Contain("vip.example is 203.0.113.77").And.Contain("ip prefix-list BGPSHARP-VIP seq 5 permit 203.0.113.77/32");
    }

    private async Task<(int Code, string Text)> CheckAsync(string? failure, params string[] arguments)
    {
        File.WriteAllText(FilePath, Least);
        List<string> problems = [];
        var sources = ConfigurationSources.Read(CommandLine.Parse(["check", "--config", FilePath, .. arguments], problems), Host, problems);
        var options = AdvertiserOptionsReader.Read(sources, Host, problems);
        problems.Should().BeEmpty();
        var effects = new EffectLog { Resolved = [IPAddress.Parse("203.0.113.77")] };
        effects.Check(failure);
        using var output = new StringWriter { NewLine = "\n" };
        var command = new CheckCommand(effects, effects, TimeProvider.System, output);
        return (await command.RunAsync(options!, sources, TestContext.Current.CancellationToken), output.ToString());
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
