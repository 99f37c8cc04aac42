using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>A network namespace without a name, living as long as the thread that runs the test's body in it.</summary>
internal static partial class NetworkNamespace
{
    private const int NewNetwork = 0x40000000;

    public static void Run(Action body)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a network namespace takes root on Linux");
        }

        Exception? failure = null;
        var thread = new Thread(() =>
        {
            failure = Record.Exception(() =>
            {
                Unshare(NewNetwork).Should().Be(0, "a new network namespace is needed, errno {0}", Marshal.GetLastPInvokeError());
                Execute("ip", "link set lo up");
                body();
            });
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    /// <summary>What <c>ip -j addr show DEV</c> says, one element an address.</summary>
    public static JsonElement[] Addresses(string device) =>
        [.. JsonDocument.Parse(Execute("ip", $"-j addr show {device}")).RootElement[0].GetProperty("addr_info").EnumerateArray()];

    public static string Execute(string program, string arguments)
    {
        // The child inherits the namespace of the thread that starts it.
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "{0} {1} has to work", program, arguments);
        return output;
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}
