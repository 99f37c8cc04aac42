using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The rtnetlink address requests as bytes: nlmsghdr, ifaddrmsg, attributes.</summary>
internal static class AddressRequest
{
    /// <summary>What the largest of these takes.</summary>
    public const int MaxLength = 128;

    private const ushort IfaAddress = 1, IfaLocal = 2, IfaCacheInfo = 6, IfaFlags = 8, IfaMetric = 9;
    private const uint Forever = uint.MaxValue;

    /// <summary>RTM_NEWADDR that fails with EEXIST when the address is there already.</summary>
    public static ReadOnlySpan<byte> Add(Span<byte> buffer, InterfaceAddress address, uint sequence) =>
        New(buffer, address, NetlinkFlags.Create | NetlinkFlags.Exclusive, sequence);

    /// <summary>RTM_NEWADDR that changes lifetimes, flags and metric of the address where it is there already.</summary>
    public static ReadOnlySpan<byte> Replace(Span<byte> buffer, InterfaceAddress address, uint sequence) =>
        New(buffer, address, NetlinkFlags.Create | NetlinkFlags.Replace, sequence);

    /// <summary>RTM_DELADDR, which fails with EADDRNOTAVAIL when the address is not there.</summary>
    public static ReadOnlySpan<byte> Remove(Span<byte> buffer, InterfaceAddress address, uint sequence)
    {
        var writer = new NetlinkWriter(buffer, NetlinkMessageType.DeleteAddress, NetlinkFlags.Request | NetlinkFlags.Ack, sequence);
        WriteAddress(ref writer, address);
        return writer.Finish();
    }

    /// <summary>RTM_GETADDR for every address of every interface and family.</summary>
    public static ReadOnlySpan<byte> List(Span<byte> buffer, uint sequence)
    {
        var writer = new NetlinkWriter(buffer, NetlinkMessageType.GetAddress, NetlinkFlags.Request | NetlinkFlags.Dump, sequence);
        writer.Write(0L);
        return writer.Finish();
    }

    private static ReadOnlySpan<byte> New(Span<byte> buffer, InterfaceAddress address, NetlinkFlags how, uint sequence)
    {
        var writer = new NetlinkWriter(buffer, NetlinkMessageType.NewAddress, NetlinkFlags.Request | NetlinkFlags.Ack | how, sequence);
        WriteAddress(ref writer, address);
        ReadOnlySpan<uint> cacheInfo = [address.Deprecated ? 0 : Forever, Forever, 0, 0];
        writer.WriteAttribute(IfaCacheInfo, MemoryMarshal.AsBytes(cacheInfo));
        if ((address.Flags & AddressFlags.NoDad) != 0)
        {
            writer.WriteAttribute(IfaFlags, (uint)AddressFlags.NoDad);
        }

        if (address.Metric != 0)
        {
            writer.WriteAttribute(IfaMetric, address.Metric);
        }

        return writer.Finish();
    }

    private static void WriteAddress(ref NetlinkWriter writer, InterfaceAddress address)
    {
        writer.Write(AddressFamilyNumber.Of(address.Address.AddressFamily));
        writer.Write(address.PrefixLength);
        writer.Write((byte)0);
        writer.Write((byte)address.Scope);
        writer.Write(address.InterfaceIndex);
        if (address.Address.AddressFamily == AddressFamily.InterNetwork)
        {
            writer.WriteAttribute(IfaLocal, address.Address);
        }

        writer.WriteAttribute(IfaAddress, address.Address);
    }
}
