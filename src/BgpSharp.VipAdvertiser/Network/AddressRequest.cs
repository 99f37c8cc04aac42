using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The rtnetlink address requests as bytes: nlmsghdr, ifaddrmsg, attributes. Netlink speaks the host's byte order.</summary>
internal static class AddressRequest
{
    private const ushort Request = 0x001, Ack = 0x004, Exclusive = 0x200, Create = 0x400, Dump = 0x300;
    private const ushort IfaAddress = 1, IfaLocal = 2, IfaCacheInfo = 6, IfaProtocol = 11;
    private const uint Forever = uint.MaxValue;

    /// <summary>RTM_NEWADDR that fails with EEXIST when the address is there already.</summary>
    public static byte[] Add(InterfaceAddress address, uint sequence)
    {
        Span<uint> cacheInfo = [address.Deprecated ? 0 : Forever, Forever, 0, 0];
        var buffer = new List<byte>(80);
        WriteHeaders(buffer, NetlinkMessageType.NewAddress, Request | Ack | Create | Exclusive, sequence, address);
        WriteAddress(buffer, address.Address);
        WriteAttribute(buffer, IfaCacheInfo, MemoryMarshal.AsBytes(cacheInfo));
        if (address.Protocol != 0)
        {
            WriteAttribute(buffer, IfaProtocol, [address.Protocol]);
        }

        return Finish(buffer);
    }

    /// <summary>RTM_DELADDR, which fails with EADDRNOTAVAIL when the address is not there.</summary>
    public static byte[] Remove(InterfaceAddress address, uint sequence)
    {
        var buffer = new List<byte>(64);
        WriteHeaders(buffer, NetlinkMessageType.DeleteAddress, Request | Ack, sequence, address);
        WriteAddress(buffer, address.Address);
        return Finish(buffer);
    }

    /// <summary>RTM_GETADDR for every address of every interface and family.</summary>
    public static byte[] List(uint sequence)
    {
        var buffer = new List<byte>(24);
        WriteHeader(buffer, NetlinkMessageType.GetAddress, Request | Dump, sequence);
        buffer.AddRange(new byte[8]);
        return Finish(buffer);
    }

    private static void WriteHeaders(List<byte> buffer, NetlinkMessageType type, int flags, uint sequence, InterfaceAddress address)
    {
        WriteHeader(buffer, type, flags, sequence);
        buffer.AddRange([AddressFamilyNumber.Of(address.Address.AddressFamily), address.PrefixLength, 0, (byte)address.Scope]);
        Write(buffer, address.InterfaceIndex);
    }

    /// <summary>nlmsghdr with the length left zero for <see cref="Finish"/>; pid 0 lets the kernel fill in the sender.</summary>
    private static void WriteHeader(List<byte> buffer, NetlinkMessageType type, int flags, uint sequence)
    {
        Write(buffer, 0);
        Write(buffer, (ushort)type);
        Write(buffer, (ushort)flags);
        Write(buffer, sequence);
        Write(buffer, 0);
    }

    private static void WriteAddress(List<byte> buffer, IPAddress address)
    {
        byte[] value = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            WriteAttribute(buffer, IfaLocal, value);
        }

        WriteAttribute(buffer, IfaAddress, value);
    }

    private static void WriteAttribute(List<byte> buffer, ushort type, ReadOnlySpan<byte> value)
    {
        Write(buffer, (ushort)(4 + value.Length));
        Write(buffer, type);
        buffer.AddRange(value);
        while (buffer.Count % 4 != 0)
        {
            buffer.Add(0);
        }
    }

    private static void Write<T>(List<byte> buffer, T value)
        where T : unmanaged =>
        buffer.AddRange(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private static byte[] Finish(List<byte> buffer)
    {
        byte[] message = [.. buffer];
        MemoryMarshal.Write(message, message.Length);
        return message;
    }
}
