using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>Who is at the other end of a Unix socket, as the kernel knows it.</summary>
internal static partial class PeerCredentials
{
    private const int SocketLevel = 1, PeerCredentialsOption = 17;

    /// <summary>Only root and the user that we run as may ask, and may be believed.</summary>
    public static bool IsTrusted(Socket socket, out uint user)
    {
        user = UserOf(socket);
        return IsTrusted(user);
    }

    public static bool IsTrusted(uint user) => user == 0 || user == GetEffectiveUser();

    private static uint UserOf(Socket socket)
    {
        // struct ucred: process, user, group.
        Span<uint> credentials = stackalloc uint[3];
        socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, MemoryMarshal.AsBytes(credentials));
        return credentials[1];
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
