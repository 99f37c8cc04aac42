using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>KEEPALIVE (RFC 4271 §4.4): a header and nothing else.</summary>
public static class KeepaliveCodec
{
    /// <summary>Writes a whole message.</summary>
    /// <param name="output">Where it goes.</param>
    public static void Encode(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        FrameWriter.Begin(output, MessageType.Keepalive, WireLimits.HeaderLength);
        output.Advance(WireLimits.HeaderLength);
    }
}
