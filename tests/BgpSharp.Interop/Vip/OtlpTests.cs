using System.Net;
using System.Text.RegularExpressions;
using BgpSharp.Interop.Harness;
using BgpSharp.TestRun;

namespace BgpSharp.Interop.Vip;

/// <summary>A whole bgpsharp-vip with a session to FRR, and a collector beside it on the node.</summary>
public sealed partial class OtlpTests
{
    private const string Metrics = "/v1/metrics", Logs = "/v1/logs";

    /// <summary>They are other ones each time that they are read.</summary>
    private static readonly string[] OfTheMoment = ["process_cpu_seconds_total", "process_resident_memory_bytes", "bgpsharp_gc_collections_total"];

    [Fact]
    public async Task A_collector_gets_what_the_scrape_and_the_log_say_and_the_withdrawal_at_the_stop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync();
        await using var collector = new StandInCollector(NetNs.Listen(lab.MasterNs(1), new IPEndPoint(IPAddress.Loopback, 0)));
        var environment = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "Api-Key=s3cret-key",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=lab",
        };

        var host = lab.Start(lab.MasterNs(1), environment, [.. VipMaster.Command(1), "--otlp:serviceName", "vip", "--drain:time", "0", "--drain:linger", "100ms"]);
        await router.WaitForEstablishedAsync([master]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        var announced = await collector.WaitAsync(request => request.Path == Logs && request.Lines.Any(line => line.StartsWith("203.0.113.10/32 announced: ", StringComparison.Ordinal)));

        // Until a scrape and an export are of moments between which nothing was counted.
        using var http = NamespaceHttp.Open(lab.MasterNs(1));
        var (scraped, exported) = await Poll.UntilAsync(
            () => BothAsync(http, collector), both => both.Scraped.SequenceEqual(both.Exported), "an export with the values of a scrape", host.Describe);
        scraped.Should().Equal(exported).And.Contain($"bgpsharp_session_up{{peer=\"{LabTopology.RouterAddress}:179\",asn=\"65001\"}} 1").And.HaveCountGreaterThan(30);

        (await host.StopAsync()).Should().Be(0);

        collector.Requests.Where(request => request.Path == Logs).SelectMany(request => request.Lines).Should().Contain(line => line.StartsWith("203.0.113.10/32 withdrawn: ", StringComparison.Ordinal));
        collector.Requests[^1].Points.Should().Contain($"bgpsharp_session_up{{peer=\"{LabTopology.RouterAddress}:179\",asn=\"65001\"}}", 0, "the last values are those after the stop");
        collector.Requests.Should().OnlyContain(request => request.Headers["Api-Key"] == "s3cret-key" && request.Headers["Content-Type"] == "application/json");
        announced.Resource.Should().Contain(("service.name", "vip")).And.Contain(("deployment.environment.name", "lab")).And.Contain(attribute => attribute.Name == "host.name");
        announced.Logs.Should().Contain(log => log.Scope == "BgpSharp.VipAdvertiser.Advertiser" && log.Record.GetProperty("severityText").GetString() == "Information");
        collector.Requests.Where(request => request.Path == Logs).SelectMany(request => request.Lines).Should().BeSubsetOf(Messages(host), "it is the log");
        host.Lines.Should().Contain(line => line.Contains($"Exporting to {collector.Url}/ by OTLP: metrics and logs", StringComparison.Ordinal)).And.NotContain(line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_hangs_costs_neither_the_route_nor_its_withdrawal()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var master = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync();
        await using var collector = new StandInCollector(NetNs.Listen(lab.MasterNs(1), new IPEndPoint(IPAddress.Loopback, 0))) { Answer = _ => null };

        var host = VipMaster.Start(lab, 1, more: ["--otlp:endpoint", collector.Url, "--otlp:interval", "100ms", "--logLevel", "trace"]);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, [master]);
        await collector.WaitAsync(_ => true);
        await host.WaitForLineAsync(line => line.Contains("are not exported to", StringComparison.Ordinal) && line.Contains("no answer within 10 s", StringComparison.Ordinal));

        (await host.StopAsync()).Should().Be(0);
        await router.Routes.WaitForNextHopsAsync(LabTopology.VipPrefix, []);
        host.Lines.Count(line => line.Contains("are not exported to", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(2, "each of the two is said once");
    }

    [Fact]
    public async Task A_name_server_that_never_answers_holds_up_no_stop()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        using var silent = await SilentNameServer.StartAsync(lab, master: 1);

        var host = lab.Start(lab.MasterNs(1), silent.AskedBy([.. VipMaster.Command(1), "--otlp:endpoint", "http://collector.example:4318", "--otlp:interval", "100ms"]));
        await silent.WaitForQuestionAsync();
        await host.WaitForLineAsync(line => line.Contains("http://collector.example:4318/v1/metrics: no answer within 10 s", StringComparison.Ordinal));

        (await host.StopAsync()).Should().Be(0);
    }

    private static async Task<(IReadOnlyList<string> Scraped, IReadOnlyList<string> Exported)> BothAsync(HttpClient http, StandInCollector collector)
    {
        var number = collector.Requests.Count(request => request.Path == Metrics) + 1;
        var text = await http.GetStringAsync("http://127.0.0.1:2112/metrics", TestContext.Current.CancellationToken);
        var request = await collector.WaitAsync(Metrics, number);
        return ([.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && !IsOfTheMoment(line))],
            [.. request.Points.Select(point => FormattableString.Invariant($"{point.Key} {point.Value:R}")).Where(line => !IsOfTheMoment(line))]);
    }

    private static bool IsOfTheMoment(string line) => OfTheMoment.Any(name => line.StartsWith(name, StringComparison.Ordinal));

    /// <summary>The lines of the log without time, level, category and id.</summary>
    private static IEnumerable<string> Messages(LabProcess host) => host.Lines.Select(line => Line().Match(line).Groups["message"].Value);

    [GeneratedRegex(@"^\S+ \w+: [\w.]+\[\d+\] (?<message>.*)$")]
    private static partial Regex Line();
}
