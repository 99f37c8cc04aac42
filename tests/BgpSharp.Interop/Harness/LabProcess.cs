using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>A program running in a namespace of the lab, its output lines and its end.</summary>
internal sealed class LabProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly List<string> _lines = [];
    private readonly ChangeSignal _changed = new();
    private readonly Task _output;

    private LabProcess(string name, Process process)
    {
        _name = name;
        _process = process;
        Id = process.Id;
        _output = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        // The end of output is a change too; a continuation, so that whoever it wakes sees it.
        _ = _output.ContinueWith(_ => _changed.Raise(), TaskScheduler.Default);
    }

    /// <summary>The program's own process id: <c>ip netns exec</c> replaces itself by the program.</summary>
    public int Id { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>The exit code, 128 + n after signal n.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The lines of standard output and standard error so far, in the order of their arrival.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <param name="ns">The namespace to run in.</param>
    /// <param name="environment">Variables added to the environment; null takes one away.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="withInput">Standard input stays open for <see cref="WriteLineAsync"/>.</param>
    public static LabProcess Start(
        string ns, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> command, bool withInput = false)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", ns, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        if (!withInput)
        {
            process.StandardInput.Close();
        }
        return new LabProcess($"{Path.GetFileName(command[0])} in {ns}", process);
    }

    /// <summary>Writes a line to the program's standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The first line the predicate accepts, among those from number <paramref name="from"/> on.</summary>
    /// <exception cref="TimeoutException">No such line in time.</exception>
    /// <exception cref="InvalidOperationException">The program ended without it.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> predicate, TimeSpan? deadline = null, int from = 0)
    {
        using var limit = new Deadline(deadline);
        while (true)
        {
            var changed = _changed.Next;
            var ended = _output.IsCompleted;
            var lines = Lines;
            for (; from < lines.Count; from++)
            {
                if (predicate(lines[from]))
                {
                    return lines[from];
                }
            }
            if (ended)
            {
                throw new InvalidOperationException($"{Describe()} ended without the expected line");
            }
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.Passed)
            {
                throw new TimeoutException($"{Describe()} did not write the expected line within {limit.Limit.TotalSeconds} s");
            }
        }
    }

    /// <summary>Waits until the program is ready for its work.</summary>
    /// <exception cref="TimeoutException">It was not in time.</exception>
    /// <exception cref="InvalidOperationException">The program ended instead.</exception>
    public async Task WaitUntilReadyAsync(Func<bool> isReady, string what)
    {
        await Poll.UntilAsync(() => Task.FromResult(HasExited || isReady()), done => done, what, Describe);
        if (HasExited)
        {
            throw new InvalidOperationException($"{Describe()} did not start");
        }
    }

    /// <exception cref="InvalidOperationException">The program has ended already.</exception>
    public void Send(Signal signal)
    {
        if (HasExited)
        {
            throw new InvalidOperationException($"{signal} has nobody to go to: {Describe()}");
        }
        if (Native.Kill(Id, (int)signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{signal} to {Describe()}");
        }
    }

    /// <summary>Waits until the program has ended and all its output is in <see cref="Lines"/>.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan? deadline = null)
    {
        using var limit = new Deadline(deadline);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _output.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.Passed)
        {
            throw new TimeoutException($"{Describe()} did not end within {limit.Limit.TotalSeconds} s");
        }
        return ExitCode;
    }

    /// <summary>Signals the program and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync(Signal signal = Signal.Terminate, TimeSpan? deadline = null)
    {
        Send(signal);
        return WaitForExitAsync(deadline);
    }

    /// <summary>Ends the program whatever its state, also when it has ended, and does not return before it is gone.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill();
        }
        await _process.WaitForExitAsync().WaitAsync(Deadline.Default);
    }

    /// <summary>Name, state and the last lines of output, for failure messages.</summary>
    public string Describe()
    {
        var state = HasExited ? $"exited with {ExitCode}" : "running";
        return $"{_name} (pid {Id}, {state}):\n{string.Join('\n', Lines.TakeLast(30))}\n";
    }

    public void Dispose() => _process.Dispose();

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
            _changed.Raise();
        }
    }
}
