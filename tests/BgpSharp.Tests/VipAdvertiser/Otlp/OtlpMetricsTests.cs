using System.Globalization;
using System.Text;
using System.Text.Json;
using BgpSharp.TestRun;
using BgpSharp.Tests.VipAdvertiser.Status;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Otlp;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>Metrics as ExportMetricsServiceRequest in JSON.</summary>
public sealed class OtlpMetricsTests
{
    private static readonly DateTimeOffset Started = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);

    private static readonly OtlpResource Resource = new(new OtlpOptions { Endpoint = new Uri("http://127.0.0.1:4318"), Interval = TimeSpan.FromMinutes(1), Metrics = true, Logs = true }, "1.2.3", "node-1");

    private readonly CounterStarts _starts = new(Started);

    [Fact]
    public void Gauges_and_monotonic_cumulative_sums_have_the_shape_of_the_specification()
    {
        var body = Make(Started.AddSeconds(60).AddTicks(1), metrics =>
        {
            metrics.Gauge("up", "1 while \"up\".");
            metrics.Sample(true, ("peer", "[2001:db8::9]:179"), ("name", "a\nb"));
            metrics.Counter("none_total", "No samples, so no metric.");
            metrics.Counter("cpu_total", "CPU.");
            metrics.Sample(1e15 / 3);
            metrics.Gauge("large", "More than a double holds.");
            metrics.Sample(long.MaxValue);
        });

        Encoding.UTF8.GetString(body.Span).Should().Be(Unindented(
            """
            {"resourceMetrics":[{
              "resource":{"attributes":[
                {"key":"service.name","value":{"stringValue":"bgpsharp-vip"}},
                {"key":"service.version","value":{"stringValue":"1.2.3"}},
                {"key":"service.instance.id","value":{"stringValue":"node-1"}},
                {"key":"host.name","value":{"stringValue":"node-1"}}
              ]},
              "scopeMetrics":[{
                "scope":{"name":"bgpsharp-vip","version":"1.2.3"},
                "metrics":[
                  {"name":"up","description":"1 while \"up\".","gauge":{"dataPoints":[
                    {"attributes":[
                      {"key":"peer","value":{"stringValue":"[2001:db8::9]:179"}},
                      {"key":"name","value":{"stringValue":"a\nb"}}
                    ],
                    "timeUnixNano":"1800000060000000100",
                    "asInt":"1"}
                  ]}},
                  {"name":"cpu_total","description":"CPU.","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
                    {"attributes":[],
                    "startTimeUnixNano":"1800000000000000000",
                    "timeUnixNano":"1800000060000000100",
                    "asDouble":333333333333333.3}
                  ]}},
                  {"name":"large","description":"More than a double holds.","gauge":{"dataPoints":[
                    {"attributes":[],
                    "timeUnixNano":"1800000060000000100",
                    "asInt":"9223372036854775807"}
                  ]}}
                ]
              }]
            }]}
            """));
    }

    [Fact]
    public void A_counter_that_begins_again_or_is_new_counts_since_the_collection_before()
    {
        Starts(Started.AddSeconds(60), 5, null).Should().Equal(Started);
        Starts(Started.AddSeconds(120), 6, 1).Should().Equal(Started, Started.AddSeconds(60));
        Starts(Started.AddSeconds(180), 2, 1).Should().Equal(Started.AddSeconds(120), Started.AddSeconds(60));
        Starts(Started.AddSeconds(240), 2, 1).Should().Equal([Started.AddSeconds(120), Started.AddSeconds(60)], "a value that stays has not begun again");
    }

    [Fact]
    public void No_counter_counts_since_a_time_to_come_though_the_clock_was_set_back()
    {
        Starts(Started.AddHours(-1), 5, null).Should().Equal(Started.AddHours(-1));
        Starts(Started.AddMinutes(-59), 6, null).Should().Equal([Started.AddHours(-1)], "it goes on from there");
    }

    [Fact]
    public void It_has_every_sample_of_the_text_of_Prometheus_and_no_other()
    {
        var library = new LibraryCounts(
            [("198.51.100.9", "established", 4)], [("198.51.100.9", "NotificationReceived:6/2", 3)], [new MessageCount("2001:db8::9", "keepalive", "transmit", 12)]);
        var process = new ProcessFigures("node-1", "0.1.0+abc", 1.5, 20_000_000, [7, 2, 1]);

        var body = Make(StatusData.Now, metrics => HostMetrics.Write(metrics, StatusData.Make(), library, process));

        var request = new CollectorRequest("POST", "/v1/metrics", new Dictionary<string, string>(), JsonDocument.Parse(body).RootElement);
        var text = HostMetrics.Make(StatusData.Make(), library, process).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        request.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Key} {point.Value:R}")).Should().Equal(text.Where(line => line[0] != '#'));
        request.Metrics.Select(metric => $"# TYPE {metric.GetProperty("name")} {(metric.TryGetProperty("sum", out _) ? "counter" : "gauge")}").Should()
            .Equal(text.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)));
        request.Metrics.Select(metric => $"# HELP {metric.GetProperty("name")} {metric.GetProperty("description")}").Should()
            .Equal(text.Where(line => line.StartsWith("# HELP ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_operators_resource_attributes_win_and_the_service_name_of_its_own_key_above_all()
    {
        Attributes(null, ("service.name", "vip"), ("deployment.environment.name", "prod"), ("host.name", "m1")).Should().Equal(
            ("service.name", "vip"), ("service.version", "1.2.3"), ("service.instance.id", "node-1"), ("host.name", "m1"), ("deployment.environment.name", "prod"));
        Attributes("edge", ("service.name", "vip")).Should().StartWith([("service.name", "edge")]);
    }

    private static IReadOnlyList<(string Name, string Value)> Attributes(string? serviceName, params (string Name, string Value)[] attributes)
    {
        var options = new OtlpOptions
        {
            Endpoint = new Uri("http://127.0.0.1:4318"),
            Interval = TimeSpan.FromMinutes(1),
            Metrics = true,
            Logs = true,
            ServiceName = serviceName,
            ResourceAttributes = attributes,
        };
        using var metrics = new OtlpMetrics(new OtlpResource(options, "1.2.3", "node-1"), new CounterStarts(Started), Started);
        return new CollectorRequest("POST", "/v1/metrics", new Dictionary<string, string>(), JsonDocument.Parse(metrics.Finish()).RootElement).Resource;
    }

    /// <summary>The starts of two series of one counter.</summary>
    private IEnumerable<DateTimeOffset> Starts(DateTimeOffset time, long first, long? second)
    {
        var body = Make(time, metrics =>
        {
            metrics.Counter("messages_total", "Messages.");
            metrics.Sample(first, ("peer", "1"));
            if (second is { } value)
            {
                metrics.Sample(value, ("peer", "2"));
            }
        });
        var points = JsonDocument.Parse(body).RootElement.GetProperty("resourceMetrics")[0].GetProperty("scopeMetrics")[0].GetProperty("metrics")[0].GetProperty("sum").GetProperty("dataPoints");
        return points.EnumerateArray().Select(point => DateTimeOffset.UnixEpoch.AddTicks(long.Parse(point.GetProperty("startTimeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 100));
    }

    private ReadOnlyMemory<byte> Make(DateTimeOffset time, Action<MetricsWriter> write)
    {
        using var metrics = new OtlpMetrics(Resource, _starts, time);
        write(metrics);
        return metrics.Finish();
    }

    private static string Unindented(string json) => string.Concat(json.Split('\n').Select(line => line.Trim()));
}
