using System.Text.Json;
using System.Text.RegularExpressions;
using BgpSharp.Tests.Architecture;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary>The text of /metrics.</summary>
public sealed class HostMetricsTests
{
    private static readonly LibraryCounts Library = new(
        [("198.51.100.9", "established", 4), ("198.51.100.77", "idle", 9)],
        [("198.51.100.9", "NotificationReceived:6/2", 3)],
        [new MessageCount("2001:db8::9", "keepalive", "transmit", 12)]);

    private static readonly ProcessFigures Process = new("node-1", "0.1.0+abc", 1.5, 20_000_000, [7, 2, 1]);

    [Fact]
    public void Metrics_and_readiness_ask_for_no_explanation_and_the_status_asks_once()
    {
        var asked = 0;
        var status = StatusData.Make() with { Peers = [StatusData.Down with { Explanation = null, Explain = () => $"asked {++asked}" }] };

        HostMetrics.Make(status, Library, Process).Should().NotBeEmpty();
        status.NotReady.Should().NotBeEmpty("there is no session");
        asked.Should().Be(0, "it costs questions to the kernel each time");

        StatusText.Make(status).Should().Contain("[2001:db8::9]:1179: asked 1");
        JsonSerializer.Serialize(status, HostJson.Default.HostStatus).Should().Contain("\"asked 1\"");
    }

    [Fact]
    public void The_whole_of_it_is_Prometheus_text_with_kube_vips_names_first()
    {
        HostMetrics.Make(StatusData.Make(), Library, Process).Split('\n').Where(line => !line.StartsWith("# HELP", StringComparison.Ordinal)).Should().Equal(
            """
            # TYPE kube_vip_manager_bgp_session_info gauge
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_IDLE",peer="198.51.100.9:179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_CONNECT",peer="198.51.100.9:179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_ACTIVE",peer="198.51.100.9:179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_OPENSENT",peer="198.51.100.9:179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_OPENCONFIRM",peer="198.51.100.9:179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_ESTABLISHED",peer="198.51.100.9:179"} 1
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_IDLE",peer="[2001:db8::9]:1179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_CONNECT",peer="[2001:db8::9]:1179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_ACTIVE",peer="[2001:db8::9]:1179"} 1
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_OPENSENT",peer="[2001:db8::9]:1179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_OPENCONFIRM",peer="[2001:db8::9]:1179"} 0
            kube_vip_manager_bgp_session_info{state="SESSION_STATE_ESTABLISHED",peer="[2001:db8::9]:1179"} 0
            # TYPE kube_vip_build_info gauge
            kube_vip_build_info{version="0.1.0",build="abc",node="node-1"} 1
            # TYPE bgpsharp_session_up gauge
            bgpsharp_session_up{peer="198.51.100.9:179",asn="65001"} 1
            bgpsharp_session_up{peer="[2001:db8::9]:1179",asn="4200000000"} 0
            # TYPE bgpsharp_session_transitions_total counter
            bgpsharp_session_transitions_total{peer="198.51.100.9:179",state="established"} 4
            # TYPE bgpsharp_session_downs_total counter
            bgpsharp_session_downs_total{peer="198.51.100.9:179",reason="NotificationReceived:6/2"} 3
            # TYPE bgpsharp_messages_total counter
            bgpsharp_messages_total{peer="[2001:db8::9]:1179",type="keepalive",direction="transmit"} 12
            # TYPE bgpsharp_prefixes_advertised gauge
            bgpsharp_prefixes_advertised{peer="198.51.100.9:179"} 1
            bgpsharp_prefixes_advertised{peer="[2001:db8::9]:1179"} 0
            # TYPE bgpsharp_prefixes_withheld gauge
            bgpsharp_prefixes_withheld{peer="198.51.100.9:179"} 0
            bgpsharp_prefixes_withheld{peer="[2001:db8::9]:1179"} 1
            # TYPE bgpsharp_bfd_up gauge
            bgpsharp_bfd_up{peer="198.51.100.9:179"} 1
            bgpsharp_bfd_up{peer="[2001:db8::9]:1179"} 0
            # TYPE bgpsharp_bfd_downs_total counter
            bgpsharp_bfd_downs_total{peer="198.51.100.9:179"} 2
            bgpsharp_bfd_downs_total{peer="[2001:db8::9]:1179"} 0
            # TYPE bgpsharp_bfd_slowed gauge
            bgpsharp_bfd_slowed{peer="198.51.100.9:179"} 1
            bgpsharp_bfd_slowed{peer="[2001:db8::9]:1179"} 0
            # TYPE bgpsharp_bfd_longest_delay_seconds gauge
            bgpsharp_bfd_longest_delay_seconds 0.00425
            # TYPE bgpsharp_bfd_realtime gauge
            bgpsharp_bfd_realtime 0
            # TYPE bgpsharp_bfd_sends_ahead gauge
            bgpsharp_bfd_sends_ahead 1
            # TYPE bgpsharp_gate_healthy gauge
            bgpsharp_gate_healthy 1
            # TYPE bgpsharp_gate_consecutive_failures gauge
            bgpsharp_gate_consecutive_failures 1
            # TYPE bgpsharp_gate_checks_total counter
            bgpsharp_gate_checks_total{result="success"} 7200
            bgpsharp_gate_checks_total{result="failure"} 4
            # TYPE bgpsharp_gate_fail_static_active gauge
            bgpsharp_gate_fail_static_active 0
            # TYPE bgpsharp_vip_wanted gauge
            bgpsharp_vip_wanted{vip="203.0.113.10",address="203.0.113.10"} 1
            bgpsharp_vip_wanted{vip="vip.example",address=""} 0
            # TYPE bgpsharp_vip_in_place gauge
            bgpsharp_vip_in_place{vip="203.0.113.10",address="203.0.113.10"} 1
            bgpsharp_vip_in_place{vip="vip.example",address=""} 0
            # TYPE bgpsharp_vip_announced gauge
            bgpsharp_vip_announced{vip="203.0.113.10",address="203.0.113.10"} 1
            bgpsharp_vip_announced{vip="vip.example",address=""} 0
            # TYPE bgpsharp_drain_phase gauge
            bgpsharp_drain_phase{phase="none"} 1
            bgpsharp_drain_phase{phase="draining"} 0
            bgpsharp_drain_phase{phase="drained"} 0
            # TYPE bgpsharp_ready gauge
            bgpsharp_ready 1
            # TYPE bgpsharp_reloads_total counter
            bgpsharp_reloads_total{result="applied"} 2
            bgpsharp_reloads_total{result="refused"} 1
            # TYPE bgpsharp_reload_refused gauge
            bgpsharp_reload_refused 0
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1782633600
            # TYPE process_cpu_seconds_total counter
            process_cpu_seconds_total 1.5
            # TYPE process_resident_memory_bytes gauge
            process_resident_memory_bytes 20000000
            # TYPE bgpsharp_gc_collections_total counter
            bgpsharp_gc_collections_total{generation="0"} 7
            bgpsharp_gc_collections_total{generation="1"} 2
            bgpsharp_gc_collections_total{generation="2"} 1

            """.Split('\n'));
    }

    [Fact]
    public void Each_family_has_one_line_of_help_before_its_type()
    {
        var lines = HostMetrics.Make(StatusData.Make(), Library, Process).Split('\n');

        var types = lines.Index().Where(line => line.Item.StartsWith("# TYPE ", StringComparison.Ordinal)).ToArray();
        types.Should().OnlyHaveUniqueItems(type => type.Item);
        types.Should().OnlyContain(type => lines[type.Index - 1].StartsWith($"# HELP {type.Item.Split(' ', 4)[2]} ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_lists_each_metric_with_its_type_and_labels()
    {
        var lines = HostMetrics.Make(StatusData.Make(), Library, Process).Split('\n');
        var served = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')).Select(words =>
        {
            var sample = lines.First(line => line.StartsWith(words[2] + " ", StringComparison.Ordinal) || line.StartsWith(words[2] + "{", StringComparison.Ordinal));
            var labels = Regex.Matches(sample, "[{,]([a-z]+)=\"").Select(match => $"`{match.Groups[1].Value}`").ToArray();
            return $"| `{words[2]}` | {words[3]} | {(labels.Length == 0 ? "-" : string.Join(", ", labels))} |";
        });

        var listed = File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .Where(line => Regex.IsMatch(line, "^\\| `(bgpsharp|kube_vip|process)_"))
            .Select(line => string.Join('|', line.Split('|')[..4]) + "|");

        listed.Should().Equal(served);
    }

    [Fact]
    public void Labels_and_help_are_escaped_and_numbers_need_no_culture()
    {
        var text = new MetricsText();
        text.Gauge("x", "two\nlines, a \\ and a \"quote\"");
        text.Sample(0.25, ("l", "two\nlines, a \\ and a \"quote\""));
        text.Sample(12345678901234);

        text.ToString().Should().Be(
            """
            # HELP x two\nlines, a \\ and a "quote"
            # TYPE x gauge
            x{l="two\nlines, a \\ and a \"quote\""} 0.25
            x 12345678901234

            """);
    }
}
