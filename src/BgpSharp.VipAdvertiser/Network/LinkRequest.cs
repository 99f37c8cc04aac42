using System.Text;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>RTM_GETLINK for one interface, which fails with ENODEV when there is none.</summary>
internal static class LinkRequest
{
    /// <summary>The longest name an interface can have, in octets.</summary>
    public const int MaxName = 15;

    /// <summary>What the largest of these takes.</summary>
    public const int MaxLength = 64;

    private const ushort IflaName = 3, IflaExtendedMask = 29;
    private const uint SkipStatistics = 8;

    public static ReadOnlySpan<byte> ByName(Span<byte> buffer, string name, uint sequence)
    {
        var writer = Begin(buffer, 0, sequence);
        Span<byte> value = stackalloc byte[MaxName + 1];
        value.Clear();
        int length = Encoding.UTF8.GetBytes(name, value[..MaxName]);
        writer.WriteAttribute(IflaName, value[..(length + 1)]);
        return writer.Finish();
    }

    public static ReadOnlySpan<byte> ByIndex(Span<byte> buffer, int index, uint sequence) => Begin(buffer, index, sequence).Finish();

    private static NetlinkWriter Begin(Span<byte> buffer, int index, uint sequence)
    {
        // ifinfomsg: family and type, index, flags and their mask.
        var writer = new NetlinkWriter(buffer, NetlinkMessageType.GetLink, NetlinkFlags.Request | NetlinkFlags.Ack, sequence);
        writer.Write(0);
        writer.Write(index);
        writer.Write(0L);
        writer.WriteAttribute(IflaExtendedMask, SkipStatistics);
        return writer;
    }
}
