using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>Opening and setting up the sockets, with errors an operator can act on.</summary>
internal static class BfdSocketOptions
{
    public const int IpLevel = 0;
    public const int Ipv6Level = 41;
    public const int SocketLevel = 1;

    public static int Open(AddressFamily family)
    {
        var handle = LibC.Socket(
            family == AddressFamily.InterNetworkV6 ? LibC.InternetworkV6 : LibC.InternetworkV4,
            LibC.Datagram | LibC.NonBlocking | LibC.CloseOnExec,
            0);
        return handle >= 0 ? handle : throw Error("BFD: no UDP socket");
    }

    public static void Set(int handle, int level, int name, int value)
    {
        if (LibC.SetSocketOption(handle, level, name, in value, sizeof(int)) != 0)
        {
            throw Error($"BFD: socket option {level}/{name} cannot be set to {value}");
        }
    }

    /// <summary>Whether it worked; not when the address and port are taken.</summary>
    public static unsafe bool TryBind(int handle, IPAddress address, int port)
    {
        var bytes = Address(address, port);
        fixed (byte* pointer = bytes)
        {
            if (LibC.Bind(handle, pointer, (uint)bytes.Length) == 0)
            {
                return true;
            }
        }

        return Marshal.GetLastPInvokeError() == LibC.AddressInUse ? false : throw Error($"BFD: UDP port {port} of {address} cannot be had");
    }

    /// <summary>struct sockaddr_in or sockaddr_in6, in memory that does not move.</summary>
    public static byte[] Address(IPAddress address, int port)
    {
        var source = new IPEndPoint(address, port).Serialize();
        var bytes = GC.AllocateArray<byte>(source.Size, pinned: true);
        source.Buffer.Span[..source.Size].CopyTo(bytes);
        return bytes;
    }

    public static IOException Error(string what) => new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
}
