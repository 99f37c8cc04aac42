using System.Diagnostics;

namespace EcmpLab.Frr;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    /// <returns>What it printed.</returns>
    /// <exception cref="LabException">It failed; the message has what it said.</exception>
    public static async Task<string> RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new LabException($"'{string.Join(' ', command)}' exited with {process.ExitCode}: {(await errors).Trim()}");
    }

    /// <summary>One line of <c>ip</c>'s language.</summary>
    public static Task<string> IpAsync(string line) => RunAsync(["ip", .. line.Split(' ')]);
}
