using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>Messages as bytes.</summary>
internal static class TestMessages
{
    public static byte[] Keepalive => Encode(KeepaliveCodec.Encode);

    public static byte[] Open(OpenMessage open) => Encode(output => OpenCodec.Encode(open, output));

    public static byte[] Announcement(BgpRouteAttributes attributes, params IpPrefix[] prefixes)
    {
        var context = new WireContext { FourOctetAsn = true };
        var buffer = new byte[4096];
        return buffer[..UpdateWriter.WriteAnnouncements(buffer, BgpFamily.Ipv4Unicast, attributes, prefixes, in context, out _)];
    }

    public static byte[] Withdrawal(params IpPrefix[] prefixes)
    {
        var context = new WireContext { FourOctetAsn = true };
        var buffer = new byte[4096];
        return buffer[..UpdateWriter.WriteWithdrawals(buffer, BgpFamily.Ipv4Unicast, prefixes, in context, out _)];
    }

    public static byte[] EndOfRib(BgpFamily family)
    {
        var buffer = new byte[64];
        return buffer[..UpdateWriter.WriteEndOfRib(buffer, family)];
    }

    public static byte[] Concat(params byte[][] messages) => [.. messages.SelectMany(message => message)];

    /// <summary>A header of any content, for messages that no codec would make.</summary>
    public static byte[] Raw(ushort length, byte type, byte marker = 0xFF, params byte[] body) =>
        [.. Enumerable.Repeat(marker, 16), (byte)(length >> 8), (byte)length, type, .. body];

    private static byte[] Encode(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return output.WrittenSpan.ToArray();
    }
}
