using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Opens netlink sockets: .NET's own socket constructor refuses the address family.</summary>
internal static partial class NetlinkSocketHandle
{
    private const int Raw = 3, CloseOnExec = 0x80000;

    /// <summary>NETLINK_ROUTE.</summary>
    public const int Route = 0;

    /// <summary>NETLINK_SOCK_DIAG.</summary>
    public const int SocketDiagnosis = 4;

    /// <summary>A socket in the network namespace of the calling thread.</summary>
    public static SafeSocketHandle Open(int protocol = Route)
    {
        int descriptor = OpenSocket(AddressFamilyNumber.Netlink, Raw | CloseOnExec, protocol);
        return descriptor >= 0
            ? new SafeSocketHandle(descriptor, ownsHandle: true)
            : throw new NetlinkException(Marshal.GetLastPInvokeError(), null);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int domain, int type, int protocol);
}
