using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Transport;

/// <summary>The options every BGP socket gets.</summary>
internal static class SocketTuning
{
    private const int IpLevel = 0;
    private const int IpTos = 1;
    private const int IpMinimumTtl = 21;
    private const int Ipv6Level = 41;
    private const int Ipv6TrafficClass = 67;
    private const int Ipv6MinimumHopLimit = 73;
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;

    /// <summary>DSCP CS6, network control, in the upper six bits (RFC 4594 §3.2).</summary>
    private const int NetworkControl = 0xC0;

    /// <summary>No delay for small messages, and the precedence routing traffic has.</summary>
    public static void Apply(Socket socket)
    {
        socket.NoDelay = true;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            SetRaw(socket, Ipv6Level, Ipv6TrafficClass, NetworkControl);
        }

        SetRaw(socket, IpLevel, IpTos, NetworkControl);
    }

    public static void SetUserTimeout(Socket socket, TimeSpan timeout)
    {
        if (OperatingSystem.IsLinux())
        {
            SetRaw(socket, TcpLevel, TcpUserTimeout, (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue));
        }
    }

    /// <summary>Has the kernel drop what arrives with a smaller TTL or hop limit.</summary>
    public static void RequireTimeToLive(Socket socket, int minimum)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("TTL security needs Linux.");
        }

        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            SetRaw(socket, Ipv6Level, Ipv6MinimumHopLimit, minimum);
        }

        // An IPv6 socket may carry IPv4 in mapped form.
        SetRaw(socket, IpLevel, IpMinimumTtl, minimum);
    }

    private static void SetRaw(Socket socket, int level, int name, int value) =>
        socket.SetRawSocketOption(level, name, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
}
