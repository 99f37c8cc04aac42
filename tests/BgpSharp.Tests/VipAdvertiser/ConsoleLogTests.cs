using System.Globalization;
using System.Text;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>The lines of the log, and what a reader who sleeps costs.</summary>
public sealed class ConsoleLogTests
{
    private readonly LogThreshold _threshold = new() { Level = LogLevel.Information };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-01-02T03:04:05.678Z", CultureInfo.InvariantCulture));

    [Fact]
    public async Task An_entry_is_one_line_with_time_level_category_and_id()
    {
        using var output = new MemoryStream();
        await using (var log = new ConsoleLog(output, _threshold, _time))
        {
            Say(log, LogLevel.Information, "announced");
            Say(log, LogLevel.Critical, "broken\nin two", new InvalidOperationException("for\r\na reason"));
        }

        Encoding.UTF8.GetString(output.ToArray()).Should().Be(
            "2026-01-02T03:04:05.678Z info: BgpSharp.Part[7] announced\n"
            + "2026-01-02T03:04:05.678Z crit: BgpSharp.Part[7] broken in two System.InvalidOperationException: for a reason\n");
    }

    [Fact]
    public async Task In_JSON_an_entry_is_one_object_with_the_values_of_its_message()
    {
        using var output = new MemoryStream();
        await using (var log = new ConsoleLog(output, _threshold, _time, LogFormat.Json))
        {
            KeyValuePair<string, object?>[] values = [new("Peer", "198.51.100.9"), new("Text", "a\nb"), new("{OriginalFormat}", "Peer {Peer}: \"{Text}\"")];
            log.CreateLogger("BgpSharp.Part").Log(LogLevel.Warning, 7, values, null, (_, _) => "Peer 198.51.100.9: \"a\nb\"");
            Say(log, LogLevel.Critical, "broken", new InvalidOperationException("for a reason"));
        }

        Encoding.UTF8.GetString(output.ToArray()).Should().Be(
            """
            {"time":"2026-01-02T03:04:05.678Z","level":"warning","category":"BgpSharp.Part","id":7,"message":"Peer 198.51.100.9: \"a\nb\"","values":{"Peer":"198.51.100.9","Text":"a\nb"}}
            {"time":"2026-01-02T03:04:05.678Z","level":"critical","category":"BgpSharp.Part","id":7,"message":"broken","exception":"System.InvalidOperationException: for a reason"}

            """);
    }

    [Theory]
    [InlineData(LogLevel.Information, 6)]
    [InlineData(LogLevel.Warning, 4)]
    [InlineData(LogLevel.Error, 3)]
    [InlineData(LogLevel.Critical, 2)]
    public async Task To_the_journal_each_line_begins_with_its_level(LogLevel level, int priority)
    {
        using var output = new MemoryStream();
        await using (var log = new ConsoleLog(output, _threshold, _time, isJournal: true))
        {
            Say(log, level, "said");
        }

        Encoding.UTF8.GetString(output.ToArray()).Should().StartWith($"<{priority}>2026-01-02T03:04:05.678Z ").And.EndWith("said\n");
    }

    [Fact]
    public async Task Another_level_counts_for_loggers_that_are_there_already()
    {
        using var output = new MemoryStream();
        await using (var log = new ConsoleLog(output, _threshold, _time))
        {
            var logger = log.CreateLogger("BgpSharp.Part");
            Say(logger, LogLevel.Debug, "before", null);
            _threshold.Level = LogLevel.Debug;
            Say(logger, LogLevel.Debug, "after", null);
        }

        Encoding.UTF8.GetString(output.ToArray()).Should().EndWith("dbug: BgpSharp.Part[7] after\n").And.NotContain("before");
    }

    [Fact]
    public async Task A_listener_hears_of_what_is_logged_whether_it_is_read_or_not()
    {
        var listener = new Listening();
        using var output = new SleepingReader();
        await using (var log = new ConsoleLog(output, _threshold, _time))
        {
            Say(log, LogLevel.Information, "before");
            log.Listener = listener;
            for (var i = 0; i < ConsoleLog.Most + 5; i++)
            {
                Say(log, LogLevel.Information, "heard");
            }

            Say(log, LogLevel.Debug, "too low");
            log.Listener = null;
            Say(log, LogLevel.Information, "after");
            output.Wake();
        }

        listener.Heard.Should().HaveCount(ConsoleLog.Most + 5).And.AllBe($"{_time.GetUtcNow():s} BgpSharp.Part heard");
    }

    [Fact]
    public async Task A_reader_who_sleeps_holds_nobody_up_and_is_told_how_much_was_missed()
    {
        using var output = new SleepingReader();
        await using (var log = new ConsoleLog(output, _threshold, _time))
        {
            Say(log, LogLevel.Information, "first");
            await output.Asleep.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            for (var i = 0; i < ConsoleLog.Most + 5; i++)
            {
                Say(log, LogLevel.Information, "more");
            }

            output.Wake();
            await output.Missed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        output.Lines.Count(line => line.EndsWith("] more\n", StringComparison.Ordinal)).Should().Be(ConsoleLog.Most);
        output.Lines.Should().ContainSingle(line => line.EndsWith("] 5 lines are missing: nobody read them in time, or there was no room\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_that_was_full_for_a_while_costs_the_lines_of_that_while()
    {
        using var output = new FullDisk { IsFull = true };
        await using (var log = new ConsoleLog(output, _threshold, _time))
        {
            Say(log, LogLevel.Information, "lost");
            Say(log, LogLevel.Information, "lost");
            await output.Refused(2).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            output.IsFull = false;
            Say(log, LogLevel.Information, "kept");
        }

        Encoding.UTF8.GetString(output.ToArray()).Split('\n').Select(line => line.Split("] ")[^1]).Should()
            .Equal("kept", "2 lines are missing: nobody read them in time, or there was no room", "");
    }

    private static void Say(ConsoleLog log, LogLevel level, string text, Exception? exception = null) => Say(log.CreateLogger("BgpSharp.Part"), level, text, exception);

    private static void Say(ILogger logger, LogLevel level, string text, Exception? exception) => logger.Log(level, 7, text, exception, (state, _) => state);

    private sealed class Listening : ILogListener
    {
        public List<string> Heard { get; } = [];

        public void Add(DateTimeOffset time, in LogEntry entry) => Heard.Add($"{time:s} {entry.Category} {entry.Text}");
    }

    private sealed class FullDisk : MemoryStream
    {
        private readonly SemaphoreSlim _refused = new(0);
        private volatile bool _isFull;

        public bool IsFull
        {
            get => _isFull;
            set => _isFull = value;
        }

        public async Task Refused(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await _refused.WaitAsync();
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (IsFull)
            {
                _refused.Release();
                throw new IOException("No space left on device");
            }

            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SleepingReader : MemoryStream
    {
        private readonly TaskCompletionSource _asleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _missed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asleep => _asleep.Task;

        public Task Missed => _missed.Task;

        public List<string> Lines { get; } = [];

        public void Wake() => _awake.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asleep.TrySetResult();
            await _awake.Task;
            Lines.Add(Encoding.UTF8.GetString(buffer.Span));
            if (Lines[^1].Contains("missing", StringComparison.Ordinal))
            {
                _missed.SetResult();
            }
        }
    }
}
