using System.Buffers;
using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// Cuts a stream into messages and judges their headers (RFC 4271 §4.1, §6.1). A header is judged as soon as it is whole,
/// before its body is awaited.
/// </summary>
public static class FrameReader
{
    private const byte ConnectionNotSynchronized = 1;
    private const byte BadMessageLength = 2;
    private const byte BadMessageType = 3;

    /// <summary>Looks for one message at the start of a span.</summary>
    /// <param name="buffer">What was received and not consumed yet.</param>
    /// <param name="maximumLength">
    /// The longest message accepted, header included: 4096, or 65535 once we sent the capability of RFC 8654. OPEN stays
    /// within 4096 either way.
    /// </param>
    /// <param name="frame">The message; the next one begins <see cref="FrameView.Length"/> octets on.</param>
    /// <param name="error">What the NOTIFICATION would say.</param>
    /// <returns>Whether there is a message, part of one, or a header that has to be refused.</returns>
    public static FrameStatus Read(ReadOnlySpan<byte> buffer, int maximumLength, out FrameView frame, out WireError error)
    {
        frame = default;
        error = default;
        if (buffer.Length < WireLimits.HeaderLength)
        {
            return FrameStatus.NeedMore;
        }

        if (!Accepts(buffer, maximumLength, out var type, out var length, out error))
        {
            return FrameStatus.Error;
        }

        if (buffer.Length < length)
        {
            return FrameStatus.NeedMore;
        }

        frame = new FrameView(type, buffer[WireLimits.HeaderLength..length]);
        return FrameStatus.Frame;
    }

    /// <summary>
    /// Looks for one message at the start of a sequence. On <see cref="FrameStatus.Frame"/> consume up to
    /// <see cref="Frame.End"/>; on <see cref="FrameStatus.NeedMore"/> consume nothing and mark everything as examined.
    /// </summary>
    /// <param name="buffer">What was received and not consumed yet.</param>
    /// <param name="maximumLength">The longest message accepted, header included: 4096, or 65535 once we sent the capability of RFC 8654.</param>
    /// <param name="frame">The message.</param>
    /// <param name="error">What the NOTIFICATION would say.</param>
    /// <returns>Whether there is a message, part of one, or a header that has to be refused.</returns>
    public static FrameStatus Read(in ReadOnlySequence<byte> buffer, int maximumLength, out Frame frame, out WireError error)
    {
        frame = default;
        error = default;
        scoped var header = buffer.FirstSpan;
        Span<byte> copy = stackalloc byte[WireLimits.HeaderLength];
        if (header.Length < WireLimits.HeaderLength)
        {
            if (buffer.Length < WireLimits.HeaderLength)
            {
                return FrameStatus.NeedMore;
            }

            buffer.Slice(0, WireLimits.HeaderLength).CopyTo(copy);
            header = copy;
        }

        if (!Accepts(header, maximumLength, out var type, out var length, out error))
        {
            return FrameStatus.Error;
        }

        if (buffer.Length < length)
        {
            return FrameStatus.NeedMore;
        }

        frame = new Frame(type, buffer.Slice(WireLimits.HeaderLength, length - WireLimits.HeaderLength));
        return FrameStatus.Frame;
    }

    private static bool Accepts(ReadOnlySpan<byte> header, int maximumLength, out MessageType type, out int length, out WireError error)
    {
        error = default;
        var lengthField = header.Slice(WireLimits.MarkerLength, 2);
        length = BinaryPrimitives.ReadUInt16BigEndian(lengthField);
        type = (MessageType)header[WireLimits.HeaderLength - 1];
        if (header[..WireLimits.MarkerLength].ContainsAnyExcept((byte)0xFF))
        {
            error = new WireError(BgpErrorCode.MessageHeader, ConnectionNotSynchronized);
        }
        else if (length < WireLimits.HeaderLength || length > maximumLength)
        {
            error = new WireError(BgpErrorCode.MessageHeader, BadMessageLength, lengthField);
        }
        else if (type is < MessageType.Open or > MessageType.RouteRefresh)
        {
            error = new WireError(BgpErrorCode.MessageHeader, BadMessageType, [(byte)type]);
        }
        else if (!Suits(type, length))
        {
            error = new WireError(BgpErrorCode.MessageHeader, BadMessageLength, lengthField);
        }
        else
        {
            return true;
        }

        return false;
    }

    // OPEN and KEEPALIVE stay within 4096 octets even where longer messages were agreed (RFC 8654 §3). What length a
    // ROUTE-REFRESH may have depends on its subtype, which its codec reads.
    private static bool Suits(MessageType type, int length) => type switch
    {
        MessageType.Open => length is >= WireLimits.OpenMinimumLength and <= WireLimits.MaximumMessageLength,
        MessageType.Update => length >= WireLimits.UpdateMinimumLength,
        MessageType.Notification => length >= WireLimits.NotificationMinimumLength,
        MessageType.Keepalive => length == WireLimits.HeaderLength,
        _ => true,
    };
}
