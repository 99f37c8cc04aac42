using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Transport;

/// <summary>What TCP still holds of what was sent. Socket.IOControl refuses this request on Linux, hence the P/Invoke.</summary>
internal static partial class SocketQueue
{
    private const nuint SiocOutq = 0x5411;

    /// <summary>Octets written but not acknowledged by the peer; zero where the system cannot tell.</summary>
    public static long UnacknowledgedBytes(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        return Ioctl(socket.SafeHandle, SiocOutq, out var octets) == 0
            ? octets
            : throw new SocketException(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeSocketHandle socket, nuint request, out int value);
}
