using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Reads RTM_NEWADDR and RTM_DELADDR: the elements of a dump, and events.</summary>
internal static class AddressReply
{
    private const ushort IfaAddress = 1, IfaLocal = 2, IfaFlags = 8, IfaMetric = 9;
    private const int HeaderLength = 8;

    /// <summary>False when the message holds no IPv4 or IPv6 address.</summary>
    public static bool TryRead(NetlinkMessage message, [NotNullWhen(true)] out InterfaceAddress? address)
    {
        address = null;
        ReadOnlySpan<byte> payload = message.Payload;
        if (message.Type is not (NetlinkMessageType.NewAddress or NetlinkMessageType.DeleteAddress) || payload.Length < HeaderLength)
        {
            return false;
        }

        IPAddress? remote = null, local = null;
        uint flags = payload[2];
        uint metric = 0;
        ReadOnlySpan<byte> rest = payload[HeaderLength..];
        while (NetlinkAttribute.TryRead(ref rest, out NetlinkAttribute attribute))
        {
            switch (attribute.Type)
            {
                case IfaAddress when attribute.Value.Length is 4 or 16:
                    remote = new IPAddress(attribute.Value);
                    break;
                case IfaLocal when attribute.Value.Length is 4 or 16:
                    local = new IPAddress(attribute.Value);
                    break;
                case IfaFlags when attribute.Value.Length == sizeof(uint):
                    flags = MemoryMarshal.Read<uint>(attribute.Value);
                    break;
                case IfaMetric when attribute.Value.Length == sizeof(uint):
                    metric = MemoryMarshal.Read<uint>(attribute.Value);
                    break;
            }
        }

        // On a point-to-point link IFA_ADDRESS is the other end's.
        if ((local ?? remote) is not { } own)
        {
            return false;
        }

        address = new InterfaceAddress
        {
            InterfaceIndex = MemoryMarshal.Read<int>(payload[4..]),
            Address = own,
            PrefixLength = payload[1],
            Scope = (AddressScope)payload[3],
            Flags = (AddressFlags)flags,
            Metric = metric,
        };
        return true;
    }
}
