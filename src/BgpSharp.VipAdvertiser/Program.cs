using System.Reflection;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser;

internal static class Program
{
    private const string Name = "bgpsharp-vip";

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

        if (AdvertiserOptionsReader.Read(commandLine, InterfaceIndex.Find, problems) is { } options)
        {
            return await VipHost.RunAsync(options, commandLine);
        }

        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"{Name}: {problem}");
        }

        return ExitStatus.ConfigurationWrong;
    }

    internal static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
