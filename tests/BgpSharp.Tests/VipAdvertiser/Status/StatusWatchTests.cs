using System.Text.Json;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Status;

/// <summary><c>status --watch</c> with a clock and a host of the test's own: each question waits for its answer.</summary>
public sealed class StatusWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(StatusData.Now);
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly CancellationTokenSource _interrupt = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly HostStatus _status = StatusData.Make();
    private bool _gone;

    [Fact]
    public async Task Without_a_terminal_it_appends_and_says_once_that_the_host_is_gone_and_that_it_is_back()
    {
        var watch = await StartAsync(json: false, terminal: null);
        _gone = true;
        await TickAsync(times: 3);
        _gone = false;
        await TickAsync();
        await EndAsync(watch);

        var table = StatusText.Make(_status) + "\n";
        _output.ToString().Should().Be($"{table}12:00:01Z the host is gone: nobody listens\n\n12:00:04Z the host is back, after 3s\n\n{table}");
        _error.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task On_a_terminal_it_draws_in_place_and_keeps_what_was_last_seen_of_a_host_that_is_gone()
    {
        var size = new TerminalSize(200, 50);
        var watch = await StartAsync(json: false, size);
        _gone = true;
        await TickAsync(times: 2);
        _gone = false;
        await TickAsync();
        await EndAsync(watch);

        var table = StatusText.Make(_status);
        var there = TerminalFrame.Make(table, size);
        var gone = TerminalFrame.Make($"THE HOST IS GONE since 12:00:01Z: nobody listens.\nWhat follows is from then.\n\n{table}", size);
        _output.ToString().Should().Be(there + gone + gone + there);
    }

    [Fact]
    public async Task JSON_stays_a_line_each_on_a_terminal_too_and_the_rest_goes_to_standard_error()
    {
        var watch = await StartAsync(json: true, new TerminalSize(80, 24));
        _gone = true;
        await TickAsync();
        _gone = false;
        await TickAsync();
        await EndAsync(watch);

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(2);
        lines.Select(line => JsonDocument.Parse(line, default).RootElement.GetProperty("isReady").GetBoolean()).Should().Equal(true, true);
        _error.ToString().Should().Be("bgpsharp-vip: 12:00:01Z the host is gone: nobody listens\nbgpsharp-vip: 12:00:02Z the host is back, after 1s\n");
    }

    [Fact]
    public async Task A_host_that_is_not_there_at_the_start_is_an_error()
    {
        _gone = true;

        var run = () => Watch(json: false, terminal: null).RunAsync(_interrupt.Token);

        (await run.Should().ThrowAsync<ControlException>()).Which.Message.Should().Be("nobody listens");
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _asked.Dispose();
    }

    private StatusWatch Watch(bool json, TerminalSize? terminal) => new(
        _ =>
        {
            var answer = _gone ? Task.FromException<HostStatus>(new ControlException("nobody listens")) : Task.FromResult(_status);
            _asked.Release();
            return answer;
        },
        json, _output, _error, () => terminal, _time);

    private async Task<Task> StartAsync(bool json, TerminalSize? terminal)
    {
        var watch = Watch(json, terminal).RunAsync(_interrupt.Token);
        (await _asked.WaitAsync(Patience)).Should().BeTrue("the first question is asked at once");
        return watch;
    }

    private async Task TickAsync(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            (await _asked.WaitAsync(Patience)).Should().BeTrue("each second has its question");
        }
    }

    private async Task EndAsync(Task watch)
    {
        await _interrupt.CancelAsync();
        await watch.WaitAsync(Patience);
    }
}
