using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace BgpSharp.Tests.Terminal;

/// <summary>One of this repository's programs in a process of its own, with its output in a terminal of 80x24 or in a pipe.</summary>
internal sealed class ToolRun : IAsyncDisposable
{
    public const int Columns = 80, Lines = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private ToolRun(params IEnumerable<string> command)
    {
        _process = Process.Start(new ProcessStartInfo(command.First(), command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color", ["NO_COLOR"] = null },
        })!;
        _reading = ReadAsync(_process.StandardOutput);
        Errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Standard error, at its end.</summary>
    public Task<string> Errors { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The screen after all that was written so far.</summary>
    public TerminalScreen Screen
    {
        get
        {
            var screen = new TerminalScreen(Columns, Lines);
            screen.Write(Output);
            return screen;
        }
    }

    /// <summary>Runs it in a terminal, which <c>script</c> makes.</summary>
    public static ToolRun InTerminal(string assembly, params IEnumerable<string> arguments) =>
        new("script", "--quiet", "--return", "--flush", "--command", $"stty rows {Lines} cols {Columns}; exec {string.Join(' ', Command(assembly, arguments).Select(word => $"'{word}'"))}", "/dev/null");

    /// <summary>Runs it with its output in a pipe to <c>head</c>, which goes when it has its lines.</summary>
    public static ToolRun BeforeHead(int lines, string assembly, params IEnumerable<string> arguments) =>
        new(["bash", "-c", $"set -o pipefail; \"$@\" | head -n {lines}", "bash", .. Command(assembly, arguments)]);

    /// <summary>Runs it with its standard output closed.</summary>
    public static ToolRun WithoutOutput(string assembly, params IEnumerable<string> arguments) => new(["bash", "-c", "\"$@\" >&-", "bash", .. Command(assembly, arguments)]);

    /// <summary>Waits until the terminal shows something.</summary>
    public async Task<TerminalScreen> UntilShownAsync(Func<TerminalScreen, bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var ended = _reading.IsCompleted;
            var screen = Screen;
            if (condition(screen))
            {
                return screen;
            }

            if (ended || limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{what}: not {(ended ? "before its end" : $"within {Patience.TotalSeconds} s")}; the terminal shows\n{string.Join('\n', screen.Lines)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>What Ctrl+C at the terminal's keyboard sends.</summary>
    public async Task InterruptAsync()
    {
        await _process.StandardInput.WriteAsync('\u0003');
        await _process.StandardInput.FlushAsync();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForEndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Command(string assembly, IEnumerable<string> arguments) =>
        [Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")), Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), .. arguments];

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is var length and > 0)
        {
            lock (_output)
            {
                _output.Append(buffer, 0, length);
            }
        }
    }
}
