using System.Runtime.InteropServices;
using System.Text;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>How the kernel acknowledges a request.</summary>
internal static class NetlinkOutcome
{
    private const ushort ErrorText = 1;

    /// <summary>Flags of acknowledgements only.</summary>
    private const NetlinkFlags Capped = (NetlinkFlags)0x100, AckAttributes = (NetlinkFlags)0x200;

    /// <summary>
    /// Reads NLMSG_ERROR, or the error field of NLMSG_DONE: <paramref name="errno"/> is 0 for success,
    /// <paramref name="text"/> the kernel's extended acknowledgement when it sent one.
    /// </summary>
    public static void Read(NetlinkMessage message, out int errno, out string? text)
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
}
