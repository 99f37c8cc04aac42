using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>One message of a netlink datagram: its header's fields and the bytes behind the header.</summary>
internal readonly ref struct NetlinkMessage
{
    public const int HeaderLength = 16;

    private NetlinkMessage(ReadOnlySpan<byte> message)
    {
        Type = MemoryMarshal.Read<NetlinkMessageType>(message[4..]);
        Flags = MemoryMarshal.Read<NetlinkFlags>(message[6..]);
        Sequence = MemoryMarshal.Read<uint>(message[8..]);
        Payload = message[HeaderLength..];
    }

    public NetlinkMessageType Type { get; }
    public NetlinkFlags Flags { get; }
    public uint Sequence { get; }
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the first message off a datagram; false at its end or when the rest is no whole message.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        message = default;
        if (datagram.Length < HeaderLength)
        {
            return false;
        }

        int length = MemoryMarshal.Read<int>(datagram);
        if (length < HeaderLength || length > datagram.Length)
        {
            return false;
        }

        message = new NetlinkMessage(datagram[..length]);
        datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        return true;
    }
}
