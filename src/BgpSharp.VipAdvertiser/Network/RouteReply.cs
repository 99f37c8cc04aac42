using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Reads RTM_NEWROUTE and RTM_DELROUTE as far as default routes need.</summary>
internal static class RouteReply
{
    private const ushort OutInterface = 4, Priority = 6, Multipath = 9;
    private const int HeaderLength = 12, NextHopLength = 8;
    private const byte MainTable = 254, Unicast = 1;
    private const uint Dead = 1;

    /// <summary>False when the message is no usable default route of the main table.</summary>
    public static bool TryReadDefault(NetlinkMessage message, [NotNullWhen(true)] out DefaultRoute? route)
    {
        route = null;
        ReadOnlySpan<byte> payload = message.Payload;
        if (message.Type is not (NetlinkMessageType.NewRoute or NetlinkMessageType.DeleteRoute)
            || payload.Length < HeaderLength
            || payload[1] != 0
            || payload[4] != MainTable
            || payload[7] != Unicast
            || (MemoryMarshal.Read<uint>(payload[8..]) & Dead) != 0)
        {
            return false;
        }

        int index = 0;
        uint metric = 0;
        ReadOnlySpan<byte> rest = payload[HeaderLength..];
        while (NetlinkAttribute.TryRead(ref rest, out NetlinkAttribute attribute))
        {
            switch (attribute.Type)
            {
                case OutInterface when attribute.Value.Length == sizeof(int):
                    index = MemoryMarshal.Read<int>(attribute.Value);
                    break;
                case Multipath when attribute.Value.Length >= NextHopLength:
                    index = MemoryMarshal.Read<int>(attribute.Value[4..]);
                    break;
                case Priority when attribute.Value.Length == sizeof(uint):
                    metric = MemoryMarshal.Read<uint>(attribute.Value);
                    break;
            }
        }

        route = index > 0 ? new DefaultRoute(index, metric) : null;
        return route is not null;
    }
}
