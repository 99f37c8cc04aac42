using System.Reflection;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.VipAdvertiser;

internal static class Program
{
    private const string Name = "bgpsharp-vip";

    public static async Task<int> Main(string[] arguments)
    {
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

    private static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
