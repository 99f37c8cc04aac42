using System.Runtime.InteropServices;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The commands <c>status</c>, <c>drain</c>, <c>reload</c> and <c>dump</c>: each asks the running host and says what it answered.</summary>
internal sealed class ControlCommands(
    TextWriter output, TextWriter error, TimeProvider time, Func<Stream>? binaryOutput = null, Func<TerminalSize?>? terminal = null)
{
    /// <summary>Names the control socket where <c>--control</c> does not.</summary>
    public const string Variable = "BGPSHARP_CONTROL";

    private static readonly TimeSpan StatusLimit = TimeSpan.FromSeconds(5);

    /// <returns>The exit code; null: the arguments are for somebody else.</returns>
    public async Task<int?> TryRunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments is not [var verb, ..] || !ControlArguments.IsVerb(verb))
        {
            return null;
        }

        var control = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? name : ControlAddress.DefaultName;
        if (ControlArguments.Parse(arguments, control, out var problem) is not { } parsed)
        {
            return await FailAsync(problem!, ExitStatus.ConfigurationWrong);
        }

        if (parsed.Help)
        {
            await output.WriteAsync(ControlArguments.Usage);
            return ExitStatus.Stopped;
        }

        try
        {
            return await RunAsync(parsed, cancellationToken);
        }
        catch (ControlException e)
        {
            return await FailAsync(e.Message, ExitStatus.Failed);
        }
        catch (IOException e) when (StandardOutput.IsReaderGone(e))
        {
            // It has seen enough, as head has after its lines.
            return ExitStatus.Stopped;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync($"standard output cannot be written: {(e.InnerException ?? e).Message}", ExitStatus.Failed);
        }
    }

    private Task<int> RunAsync(ControlArguments arguments, CancellationToken cancellationToken) => arguments.Verb switch
    {
        ControlArguments.Drain => DrainAsync(arguments, cancellationToken),
        ControlArguments.Reload => ReloadAsync(arguments, cancellationToken),
        ControlArguments.Dump => DumpAsync(arguments, cancellationToken),
        _ => StatusAsync(arguments, cancellationToken),
    };

    private async Task<int> StatusAsync(ControlArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Watch)
        {
            using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                interrupted.Cancel();
            });
            await new StatusWatch(token => AskStatusAsync(arguments.Control, token), arguments.Json, output, error, terminal ?? (static () => null), time).RunAsync(interrupted.Token);
            return ExitStatus.Stopped;
        }

        var status = await AskStatusAsync(arguments.Control, cancellationToken);
        await output.WriteAsync(arguments.Json ? JsonSerializer.Serialize(status, HostJson.Default.HostStatus) + "\n" : StatusText.Make(status));
        return ExitStatus.Stopped;
    }

    private async Task<HostStatus> AskStatusAsync(string control, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StatusLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var reply = await ControlClient.AskAsync(control, new ControlRequest(ControlRequest.Status), either.Token);
            return reply.Status ?? throw new ControlException(reply.Error ?? "the host gave no status");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new ControlException($"the host at the control socket @{control} did not answer within {StatusLimit.TotalSeconds:0} s");
        }
    }

    private async Task<int> DrainAsync(ControlArguments arguments, CancellationToken cancellationToken)
    {
        var command = arguments.Undo ? ControlRequest.Undrain : ControlRequest.Drain;
        var reply = await ControlClient.AskAsync(arguments.Control, new ControlRequest(command, arguments.Message), cancellationToken);
        if (reply.Error is { } problem)
        {
            return await FailAsync(problem, ExitStatus.Failed);
        }

        await output.WriteLineAsync(arguments.Undo
            ? "The drain is undone: sessions are opened again."
            : "Drained: nothing is announced until 'bgpsharp-vip drain --undo' or a new start.");
        return ExitStatus.Stopped;
    }

    private async Task<int> ReloadAsync(ControlArguments arguments, CancellationToken cancellationToken)
    {
        var reply = await ControlClient.AskAsync(arguments.Control, new ControlRequest(ControlRequest.Reload), cancellationToken);
        foreach (var problem in reply.Problems)
        {
            await error.WriteLineAsync($"bgpsharp-vip: {StatusText.Clean(problem)}");
        }

        if (reply.Error is { } refusal)
        {
            return await FailAsync(refusal, reply.Problems.Count > 0 ? ExitStatus.ConfigurationWrong : ExitStatus.Failed);
        }

        await output.WriteLineAsync("The configuration was read again and is in force.");
        return ExitStatus.Stopped;
    }

    /// <summary>This process writes the file, and the host writes none; a peer a request keeps the answers small.</summary>
    private async Task<int> DumpAsync(ControlArguments arguments, CancellationToken cancellationToken)
    {
        var status = await AskStatusAsync(arguments.Control, cancellationToken);
        var recordings = new List<byte[]>();
        foreach (var peer in status.Peers)
        {
            var reply = await ControlClient.AskAsync(arguments.Control, new ControlRequest(ControlRequest.Dump, Peer: peer.Address), cancellationToken);
            if (reply.Recording is not { } recording)
            {
                return await FailAsync(reply.Error ?? "the host gave no recording", ExitStatus.Failed);
            }

            recordings.Add(recording);
        }

        try
        {
            await using var file = arguments.Output is { } path ? File.Create(path) : (binaryOutput ?? Console.OpenStandardOutput)();
            foreach (var recording in recordings)
            {
                await file.WriteAsync(recording, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync($"--output is '{arguments.Output ?? "standard output"}', which cannot be written: {e.Message}", ExitStatus.Failed);
        }

        if (arguments.Output is not null)
        {
            await output.WriteLineAsync($"{recordings.Sum(recording => recording.Length)} octets of MRT about {recordings.Count} peers are in {arguments.Output}.");
        }

        return ExitStatus.Stopped;
    }

    private async Task<int> FailAsync(string problem, int exitCode)
    {
        await error.WriteLineAsync($"bgpsharp-vip: {problem}");
        return exitCode;
    }
}
