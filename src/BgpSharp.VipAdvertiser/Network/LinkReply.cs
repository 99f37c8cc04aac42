using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Reads RTM_NEWLINK and RTM_DELLINK.</summary>
internal static class LinkReply
{
    private const ushort IflaName = 3;
    private const int HeaderLength = 16;
    private const uint Up = 0x1, Loopback = 0x8;

    /// <summary>False when the message is no interface with a name.</summary>
    public static bool TryRead(NetlinkMessage message, [NotNullWhen(true)] out NetworkLink? link)
    {
        link = null;
        ReadOnlySpan<byte> payload = message.Payload;
        if (message.Type is not (NetlinkMessageType.NewLink or NetlinkMessageType.DeleteLink) || payload.Length < HeaderLength)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = payload[HeaderLength..];
        while (NetlinkAttribute.TryRead(ref rest, out NetlinkAttribute attribute))
        {
            if (attribute.Type == IflaName)
            {
                uint flags = MemoryMarshal.Read<uint>(payload[8..]);
                string name = Encoding.UTF8.GetString(attribute.Value.TrimEnd((byte)0));
                link = new NetworkLink(MemoryMarshal.Read<int>(payload[4..]), name, (flags & Up) != 0, (flags & Loopback) != 0);
                return true;
            }
        }

        return false;
    }
}
