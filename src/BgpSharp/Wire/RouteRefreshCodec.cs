using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>ROUTE-REFRESH (RFC 2918 §3), with subtypes (RFC 7313) and outbound route filters (RFC 5291).</summary>
public static class RouteRefreshCodec
{
    private const int FixedLength = WireLimits.RouteRefreshLength - WireLimits.HeaderLength;
    private const byte InvalidMessageLength = 1;

    /// <summary>Reads a ROUTE-REFRESH.</summary>
    /// <param name="body">The octets after the header.</param>
    /// <param name="message">The message; its subtype may be one without a name.</param>
    /// <param name="error">
    /// What the NOTIFICATION would say. One about the subtypes of RFC 7313 has error code 7, and is meant for peers that sent
    /// that capability.
    /// </param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> body, [NotNullWhen(true)] out RouteRefreshMessage? message, out WireError error)
    {
        message = null;
        error = default;
        if (body is [_, _, (byte)RouteRefreshSubtype.Begin or (byte)RouteRefreshSubtype.End, ..] && body.Length != FixedLength)
        {
            // The data is the whole message (RFC 7313 §5).
            var whole = new byte[WireLimits.HeaderLength + body.Length];
            FrameWriter.WriteHeader(whole, MessageType.RouteRefresh, whole.Length);
            body.CopyTo(whole.AsSpan(WireLimits.HeaderLength));
            error = new WireError(BgpErrorCode.RouteRefreshMessage, InvalidMessageLength, whole);
            return false;
        }

        if (body.Length < FixedLength)
        {
            error = WireError.BadMessageLength(body);
            return false;
        }

        // More octets are outbound route filters. Whether they were agreed on is for the session to know.
        message = new RouteRefreshMessage(
            new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(body), body[3]), (RouteRefreshSubtype)body[2], body[FixedLength..]);
        return true;
    }

    /// <summary>Writes the beginning or the end of a refresh; the octets written.</summary>
    internal static int WriteMark(Span<byte> destination, BgpFamily family, RouteRefreshSubtype subtype)
    {
        FrameWriter.WriteHeader(destination, MessageType.RouteRefresh, WireLimits.RouteRefreshLength);
        var body = destination[WireLimits.HeaderLength..];
        BinaryPrimitives.WriteUInt16BigEndian(body, family.Afi);
        body[2] = (byte)subtype;
        body[3] = family.Safi;
        return WireLimits.RouteRefreshLength;
    }

    /// <summary>Writes a whole message, header included.</summary>
    /// <param name="message">The ROUTE-REFRESH.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="ArgumentException">The message would have more than 65535 octets.</exception>
    public static void Encode(RouteRefreshMessage message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        var length = WireLimits.RouteRefreshLength + message.OutboundFilters.Length;
        if (length > WireLimits.ExtendedMessageLength)
        {
            throw new ArgumentException($"A ROUTE-REFRESH has at most {WireLimits.ExtendedMessageLength} octets, not {length}.", nameof(message));
        }

        var body = FrameWriter.Begin(output, MessageType.RouteRefresh, length);
        BinaryPrimitives.WriteUInt16BigEndian(body, message.Family.Afi);
        body[2] = (byte)message.Subtype;
        body[3] = message.Family.Safi;
        message.OutboundFilters.Span.CopyTo(body[FixedLength..]);
        output.Advance(length);
    }
}
