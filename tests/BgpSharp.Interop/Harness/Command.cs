using System.Diagnostics;

namespace BgpSharp.Interop.Harness;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    /// <summary>Standard output of the command.</summary>
    /// <exception cref="InvalidOperationException">The command failed; the message has what it wrote to standard error.</exception>
    /// <exception cref="TimeoutException">It did not end within the limit, 30 s by default, and was killed.</exception>
    public static Task<string> RunAsync(params IReadOnlyList<string> command) => RunAsync(input: "", command);

    /// <inheritdoc cref="RunAsync(IReadOnlyList{string})"/>
    public static async Task<string> RunAsync(string input, IReadOnlyList<string> command, TimeSpan? limit = null)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var most = limit ?? DefaultLimit;
        using var deadline = new CancellationTokenSource(most);

        // What the command leaves behind may hold the output open: its end is not waited for without a limit either.
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            await Task.WhenAll(output, errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{string.Join(' ', command)}' did not end within {most.TotalSeconds} s");
        }
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"'{string.Join(' ', command)}' exited with {process.ExitCode}: {await errors}{await output}\n{input}");
        }
        return await output;
    }
}
