using BgpSharp.Cli;

// Nobody reads any more: a command that goes on until Ctrl+C ends as it does then.
using var abandoned = new CancellationTokenSource();
return await CommandLine.RunAsync(args, StandardStreams.OpenText(() => _ = abandoned.CancelAsync()), Console.Error, abandoned: abandoned.Token);
