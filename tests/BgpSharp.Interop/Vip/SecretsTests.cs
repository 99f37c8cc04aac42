using System.Net;
using System.Text;
using BgpSharp.Interop.Harness;
using BgpSharp.TestRun;

namespace BgpSharp.Interop.Vip;

/// <summary>Passwords, tokens and headers are in no output, whatever is asked for and whatever goes wrong.</summary>
public sealed class SecretsTests
{
    private const string Right = "correct-horse", Wrong = "battery-staple", Token = "bearer-of-news", Unsaid = "never-applied", Header = "scope-of-things";

    [Fact]
    public async Task No_output_at_the_trace_level_has_a_secret()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync(FrrOptions.Router(masters: 0) with
        {
            Neighbors = [new FrrNeighbor(master, 65000, $"password {Right}")],
        });
        await Apiserver.StartAsync(lab, 1);
        var directory = Apiserver.KubernetesDirectory(lab, 1);
        await File.WriteAllTextAsync($"{directory}/token", Token + "\n");
        await using var collector = new StandInCollector(NetNs.Listen(lab.MasterNs(1), new IPEndPoint(IPAddress.Loopback, 0)))
        {
            Answer = request => StandInCollector.Status(401, body: $$"""{"message":"no such tenant: {{request.Headers["Authorization"]}}"}"""),
        };
        var file = $"{lab.RunDirectory}/vip.yaml";
        await File.WriteAllTextAsync(file, Configuration(directory, Right, collector.Url));
        string[] given = ["--config", file, "--logLevel", "trace"];
        var output = new List<string>();

        var host = lab.Start(lab.MasterNs(1), [.. Programs.VipAdvertiser, .. given]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        foreach (string[] command in (string[][])[["status"], ["status", "--json"], ["check", .. given]])
        {
            var (_, lines) = await VipMaster.AskAsync(lab, 1, command);
            lines.Should().NotBeEmpty();
            output.AddRange(lines);
        }
        using var http = NamespaceHttp.Open(lab.MasterNs(1));
        foreach (var page in (string[])["metrics", "livez", "readyz", "status"])
        {
            output.Add(await http.GetStringAsync($"http://127.0.0.1:2112/{page}", TestContext.Current.CancellationToken));
        }
        await host.WaitForLineAsync(line => line.EndsWith("HTTP status 401: no such tenant: ***", StringComparison.Ordinal));
        host.Send(Signal.User1);
        await host.WaitForLineAsync(line => line.Contains("Established", StringComparison.Ordinal));

        // Refused for another reason; then in force, and not the router's.
        await File.WriteAllTextAsync(file, Configuration(directory, Unsaid, collector.Url) + "colour: blue\n");
        await host.WaitForLineAsync(line => line.Contains("The new configuration is refused", StringComparison.Ordinal));
        output.AddRange((await VipMaster.AskAsync(lab, 1, ["check", .. given])).Lines);
        await File.WriteAllTextAsync(file, Configuration(directory, Wrong, collector.Url));
        await host.WaitForLineAsync(line => line.Contains("The configuration was read again and is in force", StringComparison.Ordinal));
        output.AddRange((await VipMaster.AskAsync(lab, 1, "status")).Lines);
        await host.StopAsync();

        // An environment of kube-vip's with a peer that is wrong, in which the password is.
        var manager = KubeVipMaster.Start(lab, 1, ("bgp_peers", $"198.51.100.9:none:{Unsaid}:false"), ("bgp_peerpass", Wrong), ("bgp_peeraddress", "198.51.100.8"), ("vip_loglevel", "-8"));
        (await manager.WaitForExitAsync()).Should().Be(2);

        collector.Requests.Should().NotBeEmpty().And.OnlyContain(request => request.Headers["Authorization"] == $"Basic {Header}");
        output.AddRange(collector.Requests.Select(request => request.Body.GetRawText()));
        output.AddRange(host.Lines);
        output.AddRange(manager.Lines);
        output.Should().Contain(line => line.Contains("peers:0:password", StringComparison.Ordinal), "check prints the key, masked");
        foreach (var secret in (string[])[Right, Wrong, Token, Unsaid, Header])
        {
            output.Should().NotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            output.Should().NotContain(line => line.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(secret)), StringComparison.Ordinal));
        }
        output.Should().NotContain(line => line.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    private static string Configuration(string directory, string password, string collector) => $"""
        vip: {LabTopology.Vip}
        localAs: 65000
        peers:
          - address: {LabTopology.RouterAddress}
            as: 65001
            password: {password}
        health:
          interval: 100ms
          kubeconfig: {directory}/admin.conf
          tokenFile: {directory}/token
        otlp:
          endpoint: {collector}
          interval: 500ms
          headers: Authorization=Basic%20{Header}
        drain:
          time: 100ms
          linger: 100ms

        """;
}
