using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>What the kernel answers to an <see cref="AddressRequest"/>.</summary>
internal static class AddressReply
{
    private const ushort Capped = 0x100, AckAttributes = 0x200;
    private const ushort ErrorText = 1;
    private const ushort IfaAddress = 1, IfaLocal = 2, IfaFlags = 8, IfaProtocol = 11;
    private const uint FlagDeprecated = 0x20;
    private const int AddressHeaderLength = 8;

    /// <summary>
    /// Reads NLMSG_ERROR, or the error field of NLMSG_DONE: <paramref name="errno"/> is 0 for success,
    /// <paramref name="text"/> the kernel's extended acknowledgement when it sent one.
    /// </summary>
    public static void ReadOutcome(NetlinkMessage message, out int errno, out string? text)
    {
        text = null;
        ReadOnlySpan<byte> payload = message.Payload;
        errno = -MemoryMarshal.Read<int>(payload);
        payload = payload[sizeof(int)..];
        if ((message.Flags & AckAttributes) == 0 || message.Type != NetlinkMessageType.Error)
        {
            return;
        }

        // The request comes back in front of the attributes: its header alone when capped, otherwise all of it.
        int request = (message.Flags & Capped) != 0 || payload.Length < sizeof(int)
            ? NetlinkMessage.HeaderLength
            : (MemoryMarshal.Read<int>(payload) + 3) & ~3;
        ReadOnlySpan<byte> rest = payload[Math.Clamp(request, 0, payload.Length)..];
        while (NetlinkAttribute.TryRead(ref rest, out NetlinkAttribute attribute))
        {
            if (attribute.Type == ErrorText)
            {
                text = Encoding.UTF8.GetString(attribute.Value.TrimEnd((byte)0));
            }
        }
    }

    /// <summary>Reads an RTM_NEWADDR; false when it holds no IPv4 or IPv6 address.</summary>
    public static bool TryReadAddress(NetlinkMessage message, [NotNullWhen(true)] out InterfaceAddress? address)
    {
        address = null;
        ReadOnlySpan<byte> payload = message.Payload;
        if (message.Type != NetlinkMessageType.NewAddress || payload.Length < AddressHeaderLength)
        {
            return false;
        }

        IPAddress? remote = null, local = null;
        uint flags = payload[2];
        byte protocol = 0;
        ReadOnlySpan<byte> rest = payload[AddressHeaderLength..];
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
                case IfaProtocol when attribute.Value.Length == 1:
                    protocol = attribute.Value[0];
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
            Deprecated = (flags & FlagDeprecated) != 0,
            Protocol = protocol,
        };
        return true;
    }
}
