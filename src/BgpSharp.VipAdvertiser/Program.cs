using System.Reflection;
using BgpSharp.VipAdvertiser.Commands;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging.Abstractions;

namespace BgpSharp.VipAdvertiser;

internal static class Program
{
    private const string Name = "bgpsharp-vip";

    public static async Task<int> Main(string[] arguments)
    {
        StandardStreams.Fill();
        if (await new ControlCommands(StandardOutput.Open(), Console.Error, TimeProvider.System, terminal: TerminalSize.OfOutput).TryRunAsync(arguments, CancellationToken.None) is { } exitCode)
        {
            return exitCode;
        }

        SystemRoots.HideFromFramework();
        List<string> problems = [];
        var commandLine = CommandLine.Parse(arguments, problems);
        if (commandLine.Help || commandLine.Version)
        {
            await Console.Out.WriteAsync(commandLine.Help ? HelpText.Make() : $"{Name} {Version()}\n");
            return ExitStatus.Stopped;
        }

        var host = HostFacts.Take();
        var sources = ConfigurationSources.Read(commandLine, host, problems);
        var code = AdvertiserOptionsReader.Read(sources, host, problems) is { } options
            ? await RunAsync(commandLine, options, sources)
            : await RefuseAsync(problems);
        await Task.Delay(ExitStatus.Patience(commandLine.Command, code), TimeProvider.System);
        return code;
    }

    private static async Task<int> RefuseAsync(List<string> problems)
    {
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"{Name}: {problem}");
        }

        return ExitStatus.ConfigurationWrong;
    }

    private static async Task<int> RunAsync(CommandLine commandLine, AdvertiserOptions options, ConfigurationSources sources)
    {
        switch (commandLine.Command)
        {
            case HostCommand.Check:
                using (var table = new NetlinkAddressTable())
                {
                    var gates = new HealthGateFactory(new NetlinkNodeAddresses(table), TimeProvider.System, NullLoggerFactory.Instance);
                    var check = new CheckCommand(gates, new SystemNameResolver(), TimeProvider.System, Console.Out);
                    return await check.RunAsync(options, sources, CancellationToken.None);
                }

            case HostCommand.Manifest:
                await Console.Out.WriteAsync(ManifestCommand.Make(commandLine.Manifest!, options, sources, Version().Split('+')[0]));
                return ExitStatus.Stopped;
            default:
                return await VipHost.RunAsync(options, commandLine);
        }
    }

    internal static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
