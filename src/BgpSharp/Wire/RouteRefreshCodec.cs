using System.Buffers;
using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>ROUTE-REFRESH (RFC 2918 §3).</summary>
internal static class RouteRefreshCodec
{
    public static bool TryDecode(ReadOnlySpan<byte> body, out RouteRefreshMessage message, out WireError error)
    {
        message = default;
        error = default;
        if (body.Length != WireLimits.RouteRefreshLength - WireLimits.HeaderLength)
        {
            error = WireError.BadMessageLength(body);
            return false;
        }

        message = new RouteRefreshMessage(new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(body), body[3]), body[2]);
        return true;
    }

    public static void Encode(RouteRefreshMessage message, IBufferWriter<byte> output)
    {
        var body = FrameWriter.Begin(output, MessageType.RouteRefresh, WireLimits.RouteRefreshLength);
        BinaryPrimitives.WriteUInt16BigEndian(body, message.Family.Afi);
        body[2] = message.Subtype;
        body[3] = message.Family.Safi;
        output.Advance(WireLimits.RouteRefreshLength);
    }
}
