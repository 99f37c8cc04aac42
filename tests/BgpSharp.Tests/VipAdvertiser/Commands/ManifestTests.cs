using System.Diagnostics;
using System.Text;
using BgpSharp.Tests.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Commands;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Commands;

/// <summary>Manifests carry the whole configuration, and no secret.</summary>
public sealed class ManifestTests : ConfigurationReading
{
    private static readonly string[] More =
    [
        "--vip", "203.0.113.10,2001:db8::10", "--peers:0:sourceAddress", "198.51.100.11", "--peers:0:password", "s3cret", "--peers:1:address", "198.51.100.2", "--peers:1:as", "65001",
        "--peers:1:passwordFile", "/etc/hostname", "--drain:message", "a \"quoted\" 5% \\ text", "--http:listen", ":2113",
    ];

    [Fact]
    public void A_static_pod_has_the_configuration_in_its_environment_and_reads_as_the_same_configuration()
    {
        var pod = YamlFile.Parse(Encoding.UTF8.GetBytes(Make("pod", More)));
        var spec = Member(pod, "spec");
        var container = Member(spec, "containers").Items![0];
        var variables = Member(container, "env").Items!.ToDictionary(item => Member(item, "name").Text!, item => Member(item, "value").Text!);

        variables["BGPSHARP_PEERS__0__PASSWORDFILE"].Should().Be("/etc/bgpsharp-vip/peer-0.password", "a password does not stand in a manifest");
        variables["BGPSHARP_PEERS__0__PASSWORDFILE"] = "/etc/hostname";
        var again = Read(variables);
        again.Vips.Select(vip => vip.Name).Should().Equal("203.0.113.10", "2001:db8::10");
        again.Peers.Select(peer => $"{peer.Session.Address} {peer.Session.LocalAddress} {peer.Session.Password}").Should().Equal("198.51.100.1 198.51.100.11 ***", "198.51.100.2  ***");
        again.Stop.Message.Should().Be("a \"quoted\" 5% \\ text");

        Member(spec, "hostNetwork").Text.Should().Be("true");
        Member(spec, "terminationGracePeriodSeconds").Text.Should().Be("20", "a drain by preStop and one by the signal fit in");
        Member(Member(Member(container, "securityContext"), "capabilities"), "add").Items!.Select(item => item.Text).Should().Equal("NET_ADMIN", "NET_RAW");
        Member(Member(Member(Member(container, "lifecycle"), "preStop"), "exec"), "command").Items!.Select(item => item.Text).Should().Equal("/bgpsharp-vip", "drain");
        Member(Member(Member(container, "livenessProbe"), "httpGet"), "path").Text.Should().Be("/livez");
        Member(Member(Member(container, "livenessProbe"), "httpGet"), "port").Text.Should().Be("2113");
        Member(spec, "volumes").Items!.Select(item => Member(Member(item, "hostPath"), "path").Text).Should().Equal("/etc/hostname", "/etc/kubernetes/admin.conf", "/etc/bgpsharp-vip");
    }

    [Fact]
    public void A_DaemonSet_has_a_Secret_and_leaves_out_what_is_a_nodes_own()
    {
        var text = Make("daemonset", More);
        var pod = Member(Member(Member(YamlFile.Parse(Encoding.UTF8.GetBytes(text)), "spec"), "template"), "spec");

        text.Should().StartWith("# Left out, since each node needs its own: peers:0:sourceAddress, routerId.")
            .And.Contain("kubectl -n kube-system create secret generic bgpsharp-vip --from-file=peer-0.password")
            .And.NotContain("SOURCEADDRESS").And.NotContain("BGPSHARP_ROUTERID");
        Member(pod, "volumes").Items!.SelectMany(item => item.Members!.Select(member => member.Key)).Should().Contain("secret");
        Member(pod, "nodeSelector").Members!.Select(member => member.Key).Should().Equal("node-role.kubernetes.io/control-plane");
    }

    [Fact]
    public void Headers_of_the_export_move_into_a_file_of_secrets()
    {
        SetVariable("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=s3cret");

        var text = Make("daemonset", "--otlp:endpoint", "https://collector.example", "--otlp:caFile", "/etc/hostname");

        text.Should().Contain("--from-file=otlp.headers").And.Contain("{name: BGPSHARP_OTLP__HEADERSFILE, value: \"/etc/bgpsharp-vip/otlp.headers\"}")
            .And.Contain("BGPSHARP_OTLP__ENDPOINT").And.Contain("hostPath: {path: \"/etc/hostname\", type: File}").And.NotContain("s3cret");
    }

    [Fact]
    public void Without_HTTP_there_are_no_probes()
    {
        Make("pod", "--http:listen=").Should().Contain("BGPSHARP_HTTP__LISTEN, value: \"none\"").And.NotContain("Probe");
    }

    [Fact]
    public void A_unit_of_systemd_has_the_capabilities_and_a_stop_that_drains()
    {
        Make("systemd", More).Split('\n').Should().Contain(
            "Environment=\"BGPSHARP_DRAIN__MESSAGE=a \\\"quoted\\\" 5%% \\\\ text\"",
            "Environment=\"BGPSHARP_PEERS__0__PASSWORDFILE=/etc/bgpsharp-vip/peer-0.password\"",
            "CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW",
            "KillSignal=SIGTERM",
            "TimeoutStopSec=20",
            "RestartPreventExitStatus=2",
            "ProtectSystem=strict");
    }

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        const string Analyze = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(Analyze), $"{Analyze} is not there: it is of the package systemd");
        var folder = Directory.CreateTempSubdirectory("bgpsharp-unit-");
        try
        {
            var unit = Path.Combine(folder.FullName, "bgpsharp-vip.service");
            var text = Make("systemd", More);
            text.Should().Contain("ExecStart=/usr/local/bin/bgpsharp-vip run\n");
            File.WriteAllText(unit, text.Replace("/usr/local/bin/bgpsharp-vip", "/bin/true", StringComparison.Ordinal));
            using var verify = Process.Start(new ProcessStartInfo(Analyze, ["verify", "--man=no", unit]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await verify.WaitForExitAsync(TestContext.Current.CancellationToken);

            said.Split('\n').Where(line => line.Contains("bgpsharp-vip", StringComparison.Ordinal)).Should().BeEmpty();
            verify.ExitCode.Should().Be(0, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("pod")]
    [InlineData("daemonset")]
    [InlineData("systemd")]
    public void No_manifest_has_a_password(string kind) => Make(kind, More).Should().NotContain("s3cret");

    private string Make(string kind, params string[] arguments)
    {
        File.WriteAllText(FilePath, Least);
        List<string> problems = [];
        var sources = ConfigurationSources.Read(CommandLine.Parse(["manifest", kind, "--config", FilePath, .. arguments], problems), Host, problems);
        var options = AdvertiserOptionsReader.Read(sources, Host, problems);
        problems.Should().BeEmpty();
        return ManifestCommand.Make(kind, options!, sources, "1.0.0");
    }

    private static AdvertiserOptions Read(Dictionary<string, string> variables)
    {
        List<string> problems = [];
        var host = new HostFacts { Variables = variables, FindInterface = _ => 1, FindAddress = _ => null };
        var options = AdvertiserOptionsReader.Read(CommandLine.Parse([], problems), host, problems);
        problems.Should().BeEmpty();
        return options!;
    }

    private static FileNode Member(FileNode node, string key) => node.Members!.Single(member => member.Key == key).Value;
}
