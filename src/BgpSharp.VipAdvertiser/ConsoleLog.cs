using System.Globalization;
using System.Text;
using System.Threading.Channels;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>
/// The log: a line for each entry, written beside the threads that log, so that a reader who sleeps holds up no session. What
/// such a reader misses, or a full disk, is counted, and said when there is somebody again.
/// </summary>
internal sealed class ConsoleLog : ILoggerFactory, IAsyncDisposable
{
    /// <summary>Lines that wait for their reader.</summary>
    public const int Most = 1024;

    /// <summary>For the last lines at the end of the process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Most) { SingleReader = true });
    private readonly Stream _output;
    private readonly LogThreshold _threshold;
    private readonly TimeProvider _time;
    private readonly LogFormat _format;
    private readonly bool _isJournal;
    private readonly Task _writing;
    private volatile ILogListener? _listener;
    private int _lost;

    public ConsoleLog(Stream output, LogThreshold threshold, TimeProvider time, LogFormat format = LogFormat.Text, bool isJournal = false)
    {
        (_output, _threshold, _time, _format, _isJournal) = (output, threshold, time, format, isJournal);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Hears of the entries too, whether they are read here or not; null: nobody does.</summary>
    public ILogListener? Listener
    {
        get => _listener;
        set => _listener = value;
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() => _lines.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _writing.WaitAsync(Patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Add(in LogEntry entry)
    {
        _listener?.Add(_time.GetUtcNow(), in entry);
        if (!_lines.Writer.TryWrite(Line(in entry)))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    private string Line(in LogEntry entry)
    {
        var time = _time.GetUtcNow();
        var line = _format == LogFormat.Json ? entry.ToJson(time) : entry.ToText(time);

        // systemd-journald takes the level from there and the rest for the message (sd-daemon(3)).
        return _isJournal ? string.Create(CultureInfo.InvariantCulture, $"<{entry.Priority}>{line}\n") : line + "\n";
    }

    private async Task WriteAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            if (await TryWriteAsync(line, 1) && Interlocked.Exchange(ref _lost, 0) is var lost and > 0)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{lost} lines are missing: nobody read them in time, or there was no room");
                await TryWriteAsync(Line(new LogEntry(LogLevel.Warning, typeof(ConsoleLog).FullName!, 0, text, null, null)), lost);
            }
        }
    }

    /// <summary>A disk that is full now may have room for the next line, and there is nowhere else to say that it had not.</summary>
    private async Task<bool> TryWriteAsync(string line, int lines)
    {
        try
        {
            await _output.WriteAsync(Encoding.UTF8.GetBytes(line));
            return true;
        }
        catch (IOException)
        {
            Interlocked.Add(ref _lost, lines);
            return false;
        }
    }

    private sealed class Category(ConsoleLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log._threshold.Allows(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Add(new LogEntry(logLevel, name, eventId.Id, formatter(state, exception), exception, state as IReadOnlyList<KeyValuePair<string, object?>>));
            }
        }
    }
}
