using System.Collections.Concurrent;
using System.Diagnostics;

namespace EcmpLab.Frr;

/// <summary>A program in a network namespace. <c>ip netns exec</c> replaces itself by it, so the process id is the program's.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
    }

    public int Id { get; }

    /// <param name="ns">The namespace.</param>
    /// <param name="lineRead">Is given each line it writes.</param>
    /// <param name="command">The program and its arguments.</param>
    public static ChildProcess Start(string ns, Action<string> lineRead, params string[] command)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("ip", ["netns", "exec", ns, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += OnLine;
        process.ErrorDataReceived += OnLine;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void OnLine(object sender, DataReceivedEventArgs received)
        {
            if (received.Data is { } line)
            {
                lineRead(line);
            }
        }
    }

    /// <summary>Starts a program and waits for the line by which it says that it is ready.</summary>
    public static async Task<ChildProcess> StartAsync(string ns, string readyText, CancellationToken cancellationToken, params string[] command)
    {
        var written = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var child = Start(ns, OnLine, command);
        try
        {
            var exited = child._process.WaitForExitAsync(cancellationToken);
            await Task.WhenAny(ready.Task, exited).WaitAsync(StartLimit, cancellationToken);
            if (!ready.Task.IsCompleted)
            {
                throw new LabException($"{command[0]} ended at once: {string.Join('\n', written)}");
            }

            return child;
        }
        catch (TimeoutException)
        {
            child.Dispose();
            throw new LabException($"{command[0]} was not ready within {StartLimit.TotalSeconds} s: {string.Join('\n', written)}");
        }
        catch
        {
            child.Dispose();
            throw;
        }

        void OnLine(string line)
        {
            if (ready.Task.IsCompleted)
            {
                return;
            }

            written.Enqueue(line);
            if (line.Contains(readyText, StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        }
    }

    /// <summary>SIGKILL, and the wait until it is gone.</summary>
    public void Dispose()
    {
        _process.Kill();

        // With a limit it is the end of the process alone that is waited for, and not that of its output: a child may hold that.
        _process.WaitForExit(StartLimit);
        _process.Dispose();
    }
}
