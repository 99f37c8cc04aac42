using System.Buffers;
using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Cuts a stream into messages and judges their headers (RFC 4271 §4.1, §6.1).</summary>
internal static class FrameReader
{
    private const byte ConnectionNotSynchronized = 1;
    private const byte BadMessageLength = 2;
    private const byte BadMessageType = 3;

    /// <summary>
    /// Looks for one message at the start of the buffer. A header is judged as soon as it is whole, before its body is
    /// awaited. On <see cref="FrameStatus.Frame"/> consume up to <see cref="Frame.End"/>; on
    /// <see cref="FrameStatus.NeedMore"/> consume nothing and mark everything as examined.
    /// </summary>
    public static FrameStatus TryRead(in ReadOnlySequence<byte> buffer, int maximumLength, out Frame frame, out WireError error)
    {
        frame = default;
        error = default;
        var first = buffer.FirstSpan;
        if (first.Length < WireLimits.HeaderLength)
        {
            if (buffer.Length < WireLimits.HeaderLength)
            {
                return FrameStatus.NeedMore;
            }

            Span<byte> copy = stackalloc byte[WireLimits.HeaderLength];
            buffer.Slice(0, WireLimits.HeaderLength).CopyTo(copy);
            return TryRead(copy, buffer, maximumLength, out frame, out error);
        }

        return TryRead(first, buffer, maximumLength, out frame, out error);
    }

    private static FrameStatus TryRead(
        ReadOnlySpan<byte> header, in ReadOnlySequence<byte> buffer, int maximumLength, out Frame frame, out WireError error)
    {
        frame = default;
        if (header[..WireLimits.MarkerLength].ContainsAnyExcept((byte)0xFF))
        {
            error = new WireError(BgpErrorCode.MessageHeader, ConnectionNotSynchronized);
            return FrameStatus.Error;
        }

        var lengthField = header.Slice(WireLimits.MarkerLength, 2);
        int length = BinaryPrimitives.ReadUInt16BigEndian(lengthField);
        var type = header[WireLimits.HeaderLength - 1];
        if (length < WireLimits.HeaderLength || length > maximumLength)
        {
            error = new WireError(BgpErrorCode.MessageHeader, BadMessageLength, lengthField.ToArray());
            return FrameStatus.Error;
        }

        if (type is < (byte)MessageType.Open or > (byte)MessageType.RouteRefresh)
        {
            error = new WireError(BgpErrorCode.MessageHeader, BadMessageType, new[] { type });
            return FrameStatus.Error;
        }

        if (!Suits((MessageType)type, length))
        {
            error = new WireError(BgpErrorCode.MessageHeader, BadMessageLength, lengthField.ToArray());
            return FrameStatus.Error;
        }

        error = default;
        if (buffer.Length < length)
        {
            return FrameStatus.NeedMore;
        }

        frame = new Frame((MessageType)type, buffer.Slice(WireLimits.HeaderLength, length - WireLimits.HeaderLength));
        return FrameStatus.Frame;
    }

    // OPEN and KEEPALIVE stay within 4096 octets even where longer messages were agreed (RFC 8654 §3).
    private static bool Suits(MessageType type, int length) => type switch
    {
        MessageType.Open => length is >= WireLimits.OpenMinimumLength and <= WireLimits.MaximumMessageLength,
        MessageType.Update => length >= WireLimits.UpdateMinimumLength,
        MessageType.Notification => length >= WireLimits.NotificationMinimumLength,
        MessageType.Keepalive => length == WireLimits.HeaderLength,
        _ => length == WireLimits.RouteRefreshLength,
    };
}
