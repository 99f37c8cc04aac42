using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>A peer's mistake as a value: what the NOTIFICATION about it will say (RFC 4271 §6).</summary>
internal readonly record struct WireError(BgpErrorCode Code, byte Subcode, ReadOnlyMemory<byte> Data = default)
{
    /// <summary>What our log adds, in words; it does not go to the peer.</summary>
    public string? Detail { get; init; }

    public BgpNotification ToNotification() => new(Code, Subcode, Data.Span);

    /// <summary>Bad Message Length about a message with this body; the data is its length field (RFC 4271 §6.1).</summary>
    public static WireError BadMessageLength(ReadOnlySpan<byte> body)
    {
        var lengthField = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, (ushort)(body.Length + WireLimits.HeaderLength));
        return new WireError(BgpErrorCode.MessageHeader, 2, lengthField);
    }
}
