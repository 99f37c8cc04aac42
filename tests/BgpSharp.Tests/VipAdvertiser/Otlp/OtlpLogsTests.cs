using System.Net;
using System.Text;
using System.Text.Json;
using BgpSharp.TestRun;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Otlp;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>Entries of the log as ExportLogsServiceRequest in JSON, and what the queue before it keeps.</summary>
public sealed class OtlpLogsTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);

    private static readonly OtlpResource Resource = new(
        new OtlpOptions { Endpoint = new Uri("http://127.0.0.1:4318"), Interval = TimeSpan.FromMinutes(1), Metrics = true, Logs = true, ServiceName = "vip" }, "1.2.3", "node-1");

    private int _calls;

    [Fact]
    public void A_record_has_the_message_as_body_its_values_as_attributes_and_its_category_as_scope()
    {
        var queue = Queue();
        KeyValuePair<string, object?>[] values =
        [
            new("Prefix", IpPrefix.Parse("203.0.113.10/32")), new("Peer", IPEndPoint.Parse("[2001:db8::9]:179")), new("Count", 3), new("Seconds", 0.25), new("IsLast", true), new("Nothing", null),
            new("{OriginalFormat}", "{Prefix} ..."),
        ];
        queue.Add(Time, new LogEntry(LogLevel.Warning, "BgpSharp.VipAdvertiser.Advertiser", 2012, "203.0.113.10/32 withdrawn: \"stopped\"", null, values));

        Encoding.UTF8.GetString(OtlpLogs.Make(Resource, queue.Batch()).Span).Should().Be(string.Concat(
            """
            {"resourceLogs":[{
              "resource":{"attributes":[
                {"key":"service.name","value":{"stringValue":"vip"}},
                {"key":"service.version","value":{"stringValue":"1.2.3"}},
                {"key":"service.instance.id","value":{"stringValue":"node-1"}},
                {"key":"host.name","value":{"stringValue":"node-1"}}
              ]},
              "scopeLogs":[{
                "scope":{"name":"BgpSharp.VipAdvertiser.Advertiser","version":"1.2.3"},
                "logRecords":[
                  {"timeUnixNano":"1800000000000000000",
                  "observedTimeUnixNano":"1800000000000000000",
                  "severityNumber":13,
                  "severityText":"Warning",
                  "body":{"stringValue":"203.0.113.10/32 withdrawn: \"stopped\""},
                  "attributes":[
                    {"key":"logrecord.event.id","value":{"intValue":"2012"}},
                    {"key":"Prefix","value":{"stringValue":"203.0.113.10/32"}},
                    {"key":"Peer","value":{"stringValue":"[2001:db8::9]:179"}},
                    {"key":"Count","value":{"intValue":"3"}},
                    {"key":"Seconds","value":{"doubleValue":0.25}},
                    {"key":"IsLast","value":{"boolValue":true}},
                    {"key":"Nothing","value":{"stringValue":""}}
                  ]}
                ]
              }]
            }]}
            """.Split('\n').Select(line => line.Trim())));
    }

    [Theory]
    [InlineData(LogLevel.Trace, 1)]
    [InlineData(LogLevel.Debug, 5)]
    [InlineData(LogLevel.Information, 9)]
    [InlineData(LogLevel.Warning, 13)]
    [InlineData(LogLevel.Error, 17)]
    [InlineData(LogLevel.Critical, 21)]
    public void Each_level_has_the_first_number_of_its_severity(LogLevel level, int severity)
    {
        var queue = Queue();
        queue.Add(Time, Entry("said", level));

        var record = Sent(queue).Logs.Should().ContainSingle().Subject.Record;
        record.GetProperty("severityNumber").GetInt32().Should().Be(severity);
        record.GetProperty("severityText").GetString().Should().Be($"{level}");
    }

    [Fact]
    public void An_exception_has_its_type_message_and_stack_trace_by_the_semantic_conventions()
    {
        var queue = Queue();
        queue.Add(Time, new LogEntry(LogLevel.Critical, "BgpSharp.Part", 7, "broken", new InvalidOperationException("for a reason"), null));

        CollectorRequest.AttributesOf(Sent(queue).Logs[0].Record).Should().Equal(
            ("logrecord.event.id", "7"), ("exception.type", "System.InvalidOperationException"), ("exception.message", "for a reason"), ("exception.stacktrace", "System.InvalidOperationException: for a reason"));
    }

    [Fact]
    public void Text_that_is_no_Unicode_is_logged_all_the_same()
    {
        var queue = Queue();
        queue.Add(Time, Entry("half a pair: \ud83d, and a control: \u0007"));

        Sent(queue).Lines.Should().Equal("half a pair: \ufffd, and a control: \u0007");
    }

    [Fact]
    public void Records_of_one_category_are_in_one_scope_in_their_order()
    {
        var queue = Queue();
        foreach (var (category, text) in new[] { ("A", "1"), ("B", "2"), ("A", "3") })
        {
            queue.Add(Time, new LogEntry(LogLevel.Information, category, 7, text, null, null));
        }

        Sent(queue).Logs.Select(log => (log.Scope, log.Record.GetProperty("body").GetProperty("stringValue").GetString())).Should().Equal(("A", "1"), ("A", "3"), ("B", "2"));
    }

    [Fact]
    public void What_the_exporter_says_of_itself_is_not_exported()
    {
        var queue = Queue();
        queue.Add(Time, new LogEntry(LogLevel.Warning, typeof(OtlpExport).FullName!, 2150, "Metrics are not exported", null, null));

        queue.IsEmpty.Should().BeTrue();
        _calls.Should().Be(0);
    }

    [Fact]
    public void Of_too_many_the_newest_stay_and_the_others_are_counted()
    {
        var queue = Queue();
        for (var i = 1; i <= LogQueue.Most + 5; i++)
        {
            queue.Add(Time, Entry($"{i}"));
        }

        _calls.Should().Be(1, "there was none before the first alone");
        queue.TakeDropped().Should().Be(5);
        queue.TakeDropped().Should().Be(0, "they are counted once");
        var lines = new List<string>();
        while (!queue.IsEmpty)
        {
            lines.AddRange(Sent(queue).Lines);
            queue.End(isDelivered: true);
        }

        lines.Should().Equal(Enumerable.Range(6, LogQueue.Most).Select(i => $"{i}"));
    }

    [Fact]
    public void Of_too_long_ones_the_newest_stay_and_none_is_longer_than_it_may_be()
    {
        var queue = Queue();
        const int Many = 200;
        for (var i = 1; i <= Many; i++)
        {
            queue.Add(Time, Entry(new string('x', 100_000) + i));
        }

        var kept = Many - (int)queue.TakeDropped();
        kept.Should().BeInRange(LogQueue.MostOctets / (OtlpJson.Longest + 1000), LogQueue.MostOctets / OtlpJson.Longest);
        Sent(queue).Lines.Should().OnlyContain(line => line.Length == OtlpJson.Longest + 3 && line.EndsWith("x...", StringComparison.Ordinal));
    }

    [Fact]
    public void A_batch_stays_the_same_until_it_is_done_with_and_counts_when_it_came_to_nothing()
    {
        var queue = Queue();
        queue.Add(Time, Entry("1"));
        Sent(queue).Lines.Should().Equal("1");
        queue.Add(Time, Entry("2"));
        Sent(queue).Lines.Should().Equal(["1"], "the same request is sent again");

        queue.End(isDelivered: false);

        queue.TakeDropped().Should().Be(1);
        Sent(queue).Lines.Should().Equal("2");
        queue.End(isDelivered: true);
        queue.Batch().Should().BeEmpty();
        queue.TakeDropped().Should().Be(0);
        _calls.Should().Be(2);
    }

    private static LogEntry Entry(string text, LogLevel level = LogLevel.Information) => new(level, "BgpSharp.Part", 7, text, null, null);

    private static CollectorRequest Sent(LogQueue queue) =>
        new("POST", "/v1/logs", new Dictionary<string, string>(), JsonDocument.Parse(OtlpLogs.Make(Resource, queue.Batch())).RootElement);

    private LogQueue Queue() => new(() => _calls++);
}
