using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace BgpSharp.Yardstick.Sessions;

/// <summary>The far side in a process of its own, so that memory and CPU of this one are those of one side.</summary>
internal sealed class FarProcess : IFarSide
{
    private readonly Process _process;

    public FarProcess(IPEndPoint target) =>
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), "sessions-peer", target.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    /// <summary>The other process: carries out one command a line until there are no more.</summary>
    public static async Task<int> RunAsync(string target)
    {
        await using var side = new FarSide(IPEndPoint.Parse(target));
        while (await Console.In.ReadLineAsync() is { } command)
        {
            switch (command.Split(' '))
            {
                case ["dial", var count]:
                    await side.DialAsync(int.Parse(count, CultureInfo.InvariantCulture));
                    Console.WriteLine("done");
                    break;
                case ["hang-up"]:
                    await side.HangUpAsync();
                    Console.WriteLine("done");
                    break;
                case ["round"]:
                    Console.WriteLine(string.Join(' ', await side.NextRoundAsync()));
                    break;
                default:
                    throw new ArgumentException($"There is no command {command}.");
            }
        }

        return 0;
    }

    public Task DialAsync(int count) => AskAsync($"dial {count}");

    public Task HangUpAsync() => AskAsync("hang-up");

    public async Task<long[]> NextRoundAsync() =>
        [.. (await AskAsync("round")).Split(' ').Select(tick => long.Parse(tick, CultureInfo.InvariantCulture))];

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Setting.Patience);
        _process.Dispose();
    }

    /// <summary>What `dotnet` has to be told, where it is not compiled ahead of time.</summary>
    private static string[] Program() => Environment.GetCommandLineArgs()[0] is var program && Path.GetExtension(program) == ".dll" ? [program] : [];

    private async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException($"The other process ended at: {command}");
    }
}
