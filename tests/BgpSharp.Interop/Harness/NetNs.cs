using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>
/// Opens sockets inside a network namespace. A socket stays in the namespace it was opened in, whichever thread uses it later,
/// so the test process can listen on a master and connect from the client without a helper process.
/// </summary>
internal static class NetNs
{
    /// <summary>Runs a short synchronous action in the namespace, on a thread of its own (<see cref="OwnThread"/>).</summary>
    public static T Run<T>(string ns, Func<T> action) => OwnThread.Run($"netns {ns}", () =>
    {
        Enter(ns);
        return action();
    });

    /// <summary>A TCP socket of the namespace.</summary>
    public static Socket OpenTcp(string ns, AddressFamily family = AddressFamily.InterNetwork) =>
        Run(ns, () => new Socket(family, SocketType.Stream, ProtocolType.Tcp));

    /// <summary>A TCP listener of the namespace. The address need not be on the host yet (IP_FREEBIND).</summary>
    public static Socket Listen(string ns, IPEndPoint endPoint)
    {
        var socket = OpenTcp(ns, endPoint.AddressFamily);
        try
        {
            const int IpLevel = 0, FreeBind = 15;
            socket.SetRawSocketOption(IpLevel, FreeBind, BitConverter.GetBytes(1));
            socket.Bind(endPoint);
            socket.Listen(128);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sets a value under /proc/sys/net, which shows each thread the settings of its own namespace.</summary>
    public static void SetSysctl(string ns, string name, string value) => Run(ns, () =>
    {
        File.WriteAllText($"/proc/sys/{name.Replace('.', '/')}", value);
        return true;
    });

    private static void Enter(string ns)
    {
        // FileShare.ReadWrite: no lock is tried on a file that is not a real one.
        using var file = File.OpenHandle($"/run/netns/{ns}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (Native.SetNamespace(file, Native.NetworkNamespace) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setns to {ns} failed");
        }
    }
}
