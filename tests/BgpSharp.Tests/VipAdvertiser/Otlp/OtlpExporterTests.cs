using System.Net;
using BgpSharp.TestRun;
using BgpSharp.Tests.Session;
using BgpSharp.Tests.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Otlp;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>The exporter and a collector on loopback that is well, or not.</summary>
public sealed class OtlpExporterTests : ConfigurationReading
{
    private const string Metrics = "/v1/metrics", Logs = "/v1/logs";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60), LogDelay = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Without_an_endpoint_nobody_listens_to_the_log_and_no_metric_is_asked_for()
    {
        await using var bench = new ExporterBench(ReadGood(Least));
        await bench.StartAsync();
        bench.Time.Advance(TimeSpan.FromHours(1));
        await SpeakerFixture.Settle();

        bench.Listener.Should().BeNull();
        bench.Collections.Should().Be(0);
        bench.Log.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Metrics_are_posted_at_their_interval_and_logs_together_a_second_after_the_first_on_one_connection()
    {
        await using var collector = new StandInCollector();
        await using var bench = new ExporterBench(Read(collector, "--otlp:headers", "Authorization=Bearer%20s3cret, X-Scope = a%2Cb"));
        await bench.StartAsync();

        await bench.AdvanceAsync(Interval - TimeSpan.FromMilliseconds(1));
        await SpeakerFixture.Settle();
        collector.Requests.Should().BeEmpty("the interval is not over");
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        var first = await collector.WaitAsync(Metrics);
        bench.Say("one");
        bench.Say("two");
        await bench.AdvanceAsync(LogDelay);
        var logs = await collector.WaitAsync(Logs);
        await bench.AdvanceAsync(Interval - LogDelay);
        var second = await collector.WaitAsync(Metrics, 2);

        first.Method.Should().Be("POST");
        first.Points.Should().BeEquivalentTo(new Dictionary<string, double> { ["bgpsharp_ready"] = 1 });
        second.Points.Should().BeEquivalentTo(new Dictionary<string, double> { ["bgpsharp_ready"] = 2 });
        logs.Lines.Should().Equal("one", "two");
        foreach (var request in collector.Requests)
        {
            request.Headers["Content-Type"].Should().Be("application/json");
            request.Headers["Authorization"].Should().Be("Bearer s3cret");
            request.Headers["X-Scope"].Should().Be("a,b");
            request.Headers["User-Agent"].Should().StartWith("bgpsharp-vip/");
            request.Headers["Host"].Should().Be($"127.0.0.1:{collector.Port}");
            request.Resource.Should().Contain(("service.name", "bgpsharp-vip")).And.Contain(("host.name", Environment.MachineName));
        }

        collector.Accepted.Should().Be(1, "the connection is kept");
        bench.Log.Lines.Should().Equal($"Information: Exporting to {collector.Url}/ by OTLP: metrics and logs");
    }

    [Theory]
    [InlineData("metrics", Logs)]
    [InlineData("logs", Metrics)]
    public async Task One_of_the_two_can_be_turned_off(string off, string path)
    {
        await using var collector = new StandInCollector();
        await using var bench = new ExporterBench(Read(collector, $"--otlp:{off}", "false"));
        await bench.StartAsync();
        if (off == "logs")
        {
            bench.Listener.Should().BeNull();
        }
        else
        {
            bench.Say("one");
        }

        var end = bench.Time.GetUtcNow() + (3 * Interval);
        await bench.AdvanceUntilAsync(() => bench.Time.GetUtcNow() > end);

        await collector.WaitAsync(path);
        collector.Requests.Should().OnlyContain(request => request.Path == path);
    }

    [Fact]
    public async Task Paths_are_below_that_of_the_endpoint()
    {
        await using var collector = new StandInCollector();
        await using var bench = new ExporterBench(ReadGood(Least, "--otlp:endpoint", $"{collector.Url}/gate/otlp/"));
        await bench.StartAsync();
        await bench.AdvanceAsync(Interval);

        (await collector.WaitAsync(_ => true)).Path.Should().Be("/gate/otlp/v1/metrics");
    }

    [Fact]
    public async Task A_collector_that_is_down_is_said_once_for_each_of_the_two_and_gets_what_waited_when_it_is_back()
    {
        int port;
        using (var free = StandInCollector.Listen(0))
        {
            port = ((IPEndPoint)free.LocalEndPoint!).Port;
        }

        var url = $"http://127.0.0.1:{port}";
        await using var bench = new ExporterBench(ReadGood(Least, "--otlp:endpoint", url));
        await bench.StartAsync();
        bench.Say("while it is down");
        await bench.AdvanceAsync(LogDelay);
        await bench.SaysAsync($"Warning: Logs are not exported to {url}/v1/logs: Connection refused. Trying again until they are");
        await bench.AdvanceAsync(Interval);
        await bench.SaysAsync($"Warning: Metrics are not exported to {url}/v1/metrics: Connection refused. Trying again until they are");
        for (var i = 0; i < 300; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        bench.Log.Lines.Count(line => line.Contains("not exported", StringComparison.Ordinal)).Should().Be(2, "each is said once");
        bench.Collections.Should().BeLessThan(60, "the tries become rarer");

        await using var collector = new StandInCollector(StandInCollector.Listen(port));
        await bench.AdvanceUntilAsync(() => bench.Log.Lines.Count(line => line.EndsWith(" again", StringComparison.Ordinal)) == 2);

        (await collector.WaitAsync(Logs)).Lines.Should().Equal("while it is down");
        (await collector.WaitAsync(Metrics)).Points["bgpsharp_ready"].Should().BeGreaterThan(1, "the newest values are sent, not the ones that waited");
        bench.Log.Lines.Should().Contain($"Information: Logs are exported to {url}/v1/logs again").And.Contain($"Information: Metrics are exported to {url}/v1/metrics again");
    }

    [Fact]
    public async Task One_that_asks_to_wait_is_left_alone_as_long_and_gets_the_same_records_then()
    {
        await using var collector = new StandInCollector();
        collector.Answer = request => collector.Requests.Count == 0 ? StandInCollector.Status(503, "Retry-After: 100\r\n") : StandInCollector.Ok;
        await using var bench = new ExporterBench(Read(collector, "--otlp:metrics", "false"));
        await bench.StartAsync();
        bench.Say("one");
        await bench.AdvanceAsync(LogDelay);
        await bench.SaysAsync("Logs are not exported to");
        bench.Say("two");

        await bench.AdvanceAsync(TimeSpan.FromSeconds(100) - TimeSpan.FromMilliseconds(1));
        collector.Requests.Should().HaveCount(1);
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        (await collector.WaitAsync(Logs, 2)).Lines.Should().Equal("one");
        (await collector.WaitAsync(Logs, 3)).Lines.Should().Equal("two");
        await bench.SaysAsync("Logs are exported to");
    }

    [Fact]
    public async Task What_is_refused_is_not_sent_again_but_counted_and_the_next_is_tried()
    {
        await using var collector = new StandInCollector { Answer = _ => StandInCollector.Status(401, body: """{"message":"who is s3cret?"}""") };
        await using var bench = new ExporterBench(Read(collector, "--otlp:metrics", "false", "--otlp:headers", "Api-Key=s3cret"));
        await bench.StartAsync();
        foreach (var text in (string[])["one", "two"])
        {
            bench.Say(text);
            await bench.AdvanceAsync(LogDelay);
            await collector.WaitAsync(request => request.Path == Logs && request.Lines.Contains(text));
            await SpeakerFixture.UntilAsync(() => bench.Log.Lines.Count == 2, "the first refusal is said, and no other");
        }

        collector.Answer = _ => StandInCollector.Ok;
        bench.Say("three");
        await bench.AdvanceAsync(LogDelay);

        await bench.SaysAsync("2 log records were not exported");
        collector.Requests.Select(request => request.Lines.Single()).Should().Equal("one", "two", "three");
        bench.Log.Lines[1].Should().Be($"Warning: Logs are refused by {collector.Url}/v1/logs, and not sent again: HTTP status 401: who is ***?");
        bench.Log.Lines.Should().NotContain(line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"partialSuccess":{"errorMessage":"use another name"}}""", "all of them, with a remark: use another name")]
    [InlineData("""{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}""", "not all of them: 3 rejected, too old")]
    public async Task What_a_collector_remarks_of_what_it_took_is_said_once_and_is_no_refusal(string body, string said)
    {
        await using var collector = new StandInCollector { Answer = _ => StandInCollector.Status(200, body: body) };
        await using var bench = new ExporterBench(Read(collector));
        await bench.StartAsync();
        await bench.AdvanceAsync(Interval);
        await bench.SaysAsync($"Warning: Metrics are taken by {collector.Url}/v1/metrics, {said}");
        await bench.AdvanceAsync(Interval);
        await collector.WaitAsync(Metrics, 2);

        bench.Log.Lines.Should().HaveCount(2, "beside the beginning there is nothing else to say");
    }

    [Theory]
    [InlineData(null, "no answer within 10 s")]
    [InlineData("", "The response ended prematurely")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "The response is not HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", "no answer within 10 s")]
    public async Task One_that_hangs_or_talks_nonsense_is_given_up_and_holds_up_nobody_who_logs(string? answer, string problem)
    {
        await using var collector = new StandInCollector { Answer = _ => answer };
        await using var bench = new ExporterBench(Read(collector, "--otlp:metrics", "false"));
        await bench.StartAsync();
        bench.Say("one");
        bench.Time.Advance(LogDelay);
        await collector.WaitAsync(Logs);
        for (var i = 0; i < 5000; i++)
        {
            bench.Say("more"); // It is not read, and returns.
        }

        if (problem.StartsWith("no answer", StringComparison.Ordinal))
        {
            await SpeakerFixture.Settle();
            bench.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await bench.SaysAsync($"Logs are not exported to {collector.Url}/v1/logs: {problem}");
        collector.Answer = _ => StandInCollector.Ok;
        await bench.AdvanceUntilAsync(() => collector.Requests.Sum(request => request.Lines.Count(line => line == "more")) >= LogQueue.Most);
        await bench.SaysAsync($"{5000 - LogQueue.Most} log records were not exported");
        await bench.AdvanceAsync(TimeSpan.FromMinutes(1));
        collector.Requests.Sum(request => request.Lines.Count(line => line == "more")).Should().Be(LogQueue.Most, "what it may keep is bounded");
    }

    [Fact]
    public async Task A_stop_sends_what_there_is_once_more()
    {
        await using var collector = new StandInCollector();
        var bench = new ExporterBench(Read(collector));
        await bench.StartAsync();
        bench.Say("withdrawn");
        bench.Signals.AskForStop();

        await bench.StopAsync();

        collector.Requests.Select(request => request.Path).Should().Equal([Logs, Metrics], "what was done last comes first");
        collector.Requests[0].Lines.Should().Equal("withdrawn");
        bench.Listener.Should().BeNull("nobody would send it any more");
    }

    [Fact]
    public async Task A_stop_sends_every_record_though_the_metrics_become_due_meanwhile()
    {
        const int Many = 700;
        var (asked, answered) = (new TaskCompletionSource(), new ManualResetEventSlim());
        await using var collector = new StandInCollector();
        collector.Answer = _ =>
        {
            asked.TrySetResult();
            answered.Wait();
            return StandInCollector.Ok;
        };
        var bench = new ExporterBench(Read(collector, "--otlp:interval", "500ms"));
        await bench.StartAsync();
        for (var i = 0; i < Many; i++)
        {
            bench.Say($"{i}");
        }

        var stop = bench.StopAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        bench.Time.Advance(TimeSpan.FromMilliseconds(600));
        answered.Set();
        await stop.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        collector.Requests.Where(request => request.Path == Logs).SelectMany(request => request.Lines).Should().Equal(Enumerable.Range(0, Many).Select(i => $"{i}"));
        collector.Requests[^1].Path.Should().Be(Metrics);
    }

    [Fact]
    public async Task A_stop_waits_a_second_at_most_for_a_collector_that_hangs_and_not_at_all_for_one_in_trouble()
    {
        await using var collector = new StandInCollector { Answer = _ => null };
        var bench = new ExporterBench(Read(collector));
        await bench.StartAsync();
        bench.Say("withdrawn");
        var stop = bench.StopAsync();
        await collector.WaitAsync(Logs);
        bench.Time.Advance(TimeSpan.FromMilliseconds(999));
        await SpeakerFixture.Settle();
        stop.IsCompleted.Should().BeFalse("the second is not over");

        bench.Time.Advance(TimeSpan.FromMilliseconds(1));

        await stop.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        collector.Requests.Should().HaveCount(1);

        var troubled = new ExporterBench(Read(collector, "--otlp:metrics", "false"));
        collector.Answer = _ => "";
        await troubled.StartAsync();
        troubled.Say("one");
        troubled.Time.Advance(LogDelay);
        await troubled.SaysAsync("Logs are not exported to");
        await troubled.StopAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        collector.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_stop_that_has_used_up_its_deadline_or_is_in_a_hurry_sends_nothing()
    {
        await using var collector = new StandInCollector { Answer = _ => null };
        var late = new ExporterBench(Read(collector, "--drain:deadline", "3s"));
        await late.StartAsync();
        late.Say("withdrawn");
        late.Signals.AskForStop();
        await SpeakerFixture.Settle();
        late.Time.Advance(TimeSpan.FromSeconds(3));
        await late.StopAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        var hurried = new ExporterBench(Read(collector));
        await hurried.StartAsync();
        hurried.Signals.Count("SIGTERM");
        hurried.Signals.Count("SIGTERM");
        await hurried.StopAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_new_configuration_moves_the_export_with_what_waits_or_ends_it_and_the_same_one_changes_nothing()
    {
        await using var first = new StandInCollector { Answer = _ => StandInCollector.Status(503, "Retry-After: 3600\r\n") };
        await using var second = new StandInCollector();
        await using var bench = new ExporterBench(Read(first));
        await bench.StartAsync();
        bench.Say("for whoever takes it");
        await bench.AdvanceAsync(LogDelay);
        await bench.SaysAsync("Logs are not exported to");

        bench.Host.Reconfigure(Read(first));
        bench.Host.Reconfigure(Read(second, "--otlp:interval", "10s"));
        await bench.SaysAsync($"Exporting to {second.Url}/");
        bench.Log.Lines.Count(line => line.Contains($"Exporting to {first.Url}/", StringComparison.Ordinal)).Should().Be(1, "the same configuration is no news");
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await second.WaitAsync(Logs)).Lines.Should().Equal("for whoever takes it");
        await second.WaitAsync(Metrics);

        bench.Host.Reconfigure(ReadGood(Least));
        await SpeakerFixture.UntilAsync(() => bench.Listener is null, "it is off");
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await SpeakerFixture.Settle();
        second.Requests.Should().HaveCount(2);

        bench.Host.Reconfigure(Read(second));
        await SpeakerFixture.UntilAsync(() => bench.Log.Lines.Count(line => line.Contains($"Exporting to {second.Url}/", StringComparison.Ordinal)) == 2, "it is on again");
        bench.Say("once more");
        await bench.AdvanceAsync(Interval);
        (await second.WaitAsync(Logs, 2)).Lines.Should().Equal("once more");
    }

    [Fact]
    public async Task Headers_of_a_file_are_those_that_it_has_now()
    {
        await using var collector = new StandInCollector();
        File.WriteAllText(YamlPath, "Api-Key=old\nX-Scope=1\n");
        await using var bench = new ExporterBench(Read(collector, "--otlp:headersFile", YamlPath));
        await bench.StartAsync();
        await bench.AdvanceAsync(Interval);
        (await collector.WaitAsync(Metrics)).Headers["Api-Key"].Should().Be("old");
        File.WriteAllText(YamlPath, "Api-Key=new");
        await bench.AdvanceAsync(Interval);
        (await collector.WaitAsync(Metrics, 2)).Headers["Api-Key"].Should().Be("new");
        File.Delete(YamlPath);
        await bench.AdvanceAsync(Interval);
        await bench.SaysAsync($"Metrics are not exported to {collector.Url}/v1/metrics: {YamlPath} is not there");
    }

    private AdvertiserOptions Read(StandInCollector collector, params string[] more) => ReadGood(Least, ["--otlp:endpoint", collector.Url, .. more]);
}
