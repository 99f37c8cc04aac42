using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>KEEPALIVE (RFC 4271 §4.4): a header and nothing else.</summary>
internal static class KeepaliveCodec
{
    public static void Encode(IBufferWriter<byte> output)
    {
        FrameWriter.Begin(output, MessageType.Keepalive, WireLimits.HeaderLength);
        output.Advance(WireLimits.HeaderLength);
    }
}
