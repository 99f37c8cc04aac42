using System.Text.Json;
using System.Text.RegularExpressions;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>The alert rules and the dashboard, judged by Prometheus' own tool and by the metrics that the README lists.</summary>
public sealed partial class MonitoringTests
{
    private const string Rules = "samples/prometheus/bgpsharp-vip.rules.yml";
    private const string Dashboard = "samples/grafana/bgpsharp-vip.json";

    // Made by Prometheus for each target.
    private static readonly string[] NotTheHosts = ["up"];

    [Fact]
    public async Task Promtool_takes_the_alert_rules()
    {
        Requires.Tool("promtool", "prometheus");

        (await Command.RunAsync("promtool", "check", "rules", PathOf(Rules))).Should().Contain("SUCCESS");
    }

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_has_a_test_in_which_it_does()
    {
        Requires.Tool("promtool", "prometheus");
        var tests = await File.ReadAllTextAsync(PathOf("samples/prometheus/bgpsharp-vip.rules.test.yml"), TestContext.Current.CancellationToken);

        (await Command.RunAsync("promtool", "test", "rules", PathOf("samples/prometheus/bgpsharp-vip.rules.test.yml"))).Should().Contain("SUCCESS");

        var alerts = AlertName().Matches(await File.ReadAllTextAsync(PathOf(Rules), TestContext.Current.CancellationToken)).Select(match => match.Groups["name"].Value);
        FiringName().Matches(tests).Select(match => match.Groups["name"].Value).Distinct().Should().BeEquivalentTo(alerts);
    }

    [Fact]
    public async Task Every_expression_of_the_dashboard_is_parsed_by_promtool()
    {
        Requires.Tool("promtool", "prometheus");
        var file = Path.GetTempFileName();
        try
        {
            var rules = Expressions().Index().Select(expression => $"  - record: dashboard:{expression.Index}\n    expr: {JsonSerializer.Serialize(expression.Item)}\n");
            await File.WriteAllTextAsync(file, $"groups:\n- name: dashboard\n  rules:\n{string.Concat(rules)}", TestContext.Current.CancellationToken);

            (await Command.RunAsync("promtool", "check", "rules", file)).Should().Contain("SUCCESS");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Rules_and_dashboard_use_metrics_that_the_README_lists_and_no_others()
    {
        var listed = File.ReadLines(PathOf("README.md")).Select(line => Listed().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);
        var expressions = Expressions().Concat(RuleExpression().Matches(File.ReadAllText(PathOf(Rules))).Select(match => match.Groups["expr"].Value)).ToArray();

        expressions.Should().HaveCountGreaterThan(20).And.OnlyContain(expression => Metric().IsMatch(expression));
        expressions.SelectMany(expression => Metric().Matches(expression).Select(match => match.Value)).Distinct().Except(NotTheHosts).Should().BeSubsetOf(listed);
    }

    /// <summary>The dashboard's, with Grafana's variables in place.</summary>
    private static string[] Expressions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf(Dashboard)));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!
                    .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                    .Replace("$instance", ".*", StringComparison.Ordinal)),
        ];
    }

    private static string PathOf(string file) => Path.Combine(Programs.Repository, file);

    [GeneratedRegex(@"- alert: (?<name>\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"alertname: (?<name>\w+)\n +exp_alerts:")]
    private static partial Regex FiringName();

    [GeneratedRegex(@"^ +expr: (?<expr>.+)$", RegexOptions.Multiline)]
    private static partial Regex RuleExpression();

    [GeneratedRegex(@"\b(bgpsharp|kube_vip|process)_[a-z_]+|\bup(?=\{)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \|")]
    private static partial Regex Listed();
}
