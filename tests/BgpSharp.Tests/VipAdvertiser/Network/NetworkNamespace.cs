using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>A network namespace of one test, with its loopback interface up.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int Network = 0x40000000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _name = $"bgpsharp-{Guid.NewGuid():N}"[..20];

    /// <summary>For <c>ip netns exec</c>.</summary>
    public string Name => _name;

    public NetworkNamespace()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a network namespace takes root on Linux");
        }

        Execute("netns", "add", _name);
        Ip("link", "set", "lo", "up");
    }

    /// <summary>
    /// Runs something short and synchronous in the namespace, on a thread that ends with it: a thread started there would
    /// stay there, and with it the sockets of other tests.
    /// </summary>
    public T Run<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{_name}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                SetNamespace((int)handle.DangerousGetHandle(), Network).Should().Be(0, "the thread has to enter {0}", _name);
                result = action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    public string Ip(params string[] arguments) => Execute(["-n", _name, .. arguments]);

    /// <summary>Adds an Ethernet link: one end of the given name, up, and the other, of that name and "-peer", for another host.</summary>
    public void AddLink(string name)
    {
        Ip("link", "add", name, "type", "veth", "peer", "name", $"{name}-peer");
        Ip("link", "set", $"{name}-peer", "up");
        Ip("link", "set", name, "up");
    }

    /// <summary>What <c>ip -j addr show</c> says, one element an address.</summary>
    public JsonElement[] Addresses(string device = "lo") =>
        [.. JsonDocument.Parse(Ip("-j", "addr", "show", "dev", device)).RootElement[0].GetProperty("addr_info").EnumerateArray()];

    public void Dispose() => Execute("netns", "delete", _name);

    private static string Execute(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
        }

        process.ExitCode.Should().Be(0, "ip {0} has to work", string.Join(' ', arguments));
        return output.WaitAsync(Limit).GetAwaiter().GetResult();
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int type);
}
