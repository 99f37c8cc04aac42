using System.Reflection;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser;

internal static class Program
{
    private const string Name = "bgpsharp-vip";

    /// <summary>In a static pod: long enough for the line to be read before the next, shorter than the back-off that would hide it.</summary>
    private static readonly TimeSpan KubeletPatience = TimeSpan.FromSeconds(5);

    public static async Task<int> Main(string[] arguments)
    {
        if (await new ControlCommands(Console.Out, Console.Error, TimeProvider.System).TryRunAsync(arguments, CancellationToken.None) is { } exitCode)
        {
            return exitCode;
        }

        List<string> problems = [];
        var commandLine = CommandLine.Parse(arguments, problems);
        if (commandLine.Help || commandLine.Version)
        {
            await Console.Out.WriteAsync(commandLine.Help ? HelpText.Make() : $"{Name} {Version()}\n");
            return ExitStatus.Stopped;
        }

        if (AdvertiserOptionsReader.Read(commandLine, HostFacts.Take(), problems) is { } options)
        {
            return await VipHost.RunAsync(options, commandLine);
        }

        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"{Name}: {problem}");
        }

        if (commandLine.Command == HostCommand.Manager)
        {
            await Task.Delay(KubeletPatience, TimeProvider.System);
        }

        return ExitStatus.ConfigurationWrong;
    }

    internal static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
