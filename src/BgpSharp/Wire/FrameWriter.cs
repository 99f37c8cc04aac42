using System.Buffers;
using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Message headers (RFC 4271 §4.1).</summary>
internal static class FrameWriter
{
    /// <summary>Writes the header of a message that has the given length, header included.</summary>
    public static void WriteHeader(Span<byte> message, MessageType type, int length)
    {
        message[..WireLimits.MarkerLength].Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(message[WireLimits.MarkerLength..], checked((ushort)length));
        message[WireLimits.HeaderLength - 1] = (byte)type;
    }

    /// <summary>Makes room for a message and writes its header; the caller fills the body and advances by the length.</summary>
    public static Span<byte> Begin(IBufferWriter<byte> output, MessageType type, int length)
    {
        var message = output.GetSpan(length)[..length];
        WriteHeader(message, type, length);
        return message[WireLimits.HeaderLength..];
    }
}
