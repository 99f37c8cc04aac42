using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using BgpSharp.Cli.Decode;

namespace BgpSharp.Cli;

/// <summary>The command line as a whole: its commands, and how errors become lines and exit codes.</summary>
internal static class CommandLine
{
    // Longer than a stop may take, so that a signal never cuts the withdrawal short.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, StandardStreams? streams = null, CancellationToken abandoned = default)
    {
        // Not a RootCommand, which would call itself after its assembly.
        var root = new Command("bgpsharp", "Announces, listens to and decodes BGP routes, says why a session is not there, and watches peers and paths.")
        {
            AnnounceCommand.Create(), ListenCommand.Create(), TopCommand.Create(), CheckCommand.Create(), BfdCommand.Create(), DecodeCommand.Create(() => streams ?? StandardStreams.OfProcess()), new HelpOption(), new VersionOption(),
        };
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await errors.WriteLineAsync($"bgpsharp: {error.Message}");
            }

            return ExitCode.WrongUsage;
        }

        try
        {
            // The commands' token is cancelled by SIGINT and SIGTERM too.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            }, abandoned);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (UsageException exception)
        {
            await errors.WriteLineAsync($"bgpsharp: {exception.Message}");
            return ExitCode.WrongUsage;
        }
        catch (Exception exception)
        {
            await errors.WriteLineAsync($"bgpsharp: {exception.Message}");
            return ExitCode.Failed;
        }
    }
}
