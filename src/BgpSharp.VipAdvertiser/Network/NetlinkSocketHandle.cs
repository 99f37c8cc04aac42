using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Opens NETLINK_ROUTE sockets: .NET's own socket constructor refuses the address family.</summary>
internal static partial class NetlinkSocketHandle
{
    private const int Raw = 3, CloseOnExec = 0x80000, Route = 0;

    /// <summary>A socket in the network namespace of the calling thread.</summary>
    public static SafeSocketHandle Open()
    {
        int descriptor = OpenSocket(AddressFamilyNumber.Netlink, Raw | CloseOnExec, Route);
        return descriptor >= 0
            ? new SafeSocketHandle(descriptor, ownsHandle: true)
            : throw new NetlinkException(Marshal.GetLastPInvokeError(), null);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int domain, int type, int protocol);
}
