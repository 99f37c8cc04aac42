using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>NOTIFICATION (RFC 4271 §4.5).</summary>
internal static class NotificationCodec
{
    private const int MaximumData = WireLimits.MaximumMessageLength - WireLimits.NotificationMinimumLength;

    /// <summary>Reads a NOTIFICATION. There is no error to report about one: nobody may answer it (RFC 4271 §6.4).</summary>
    public static BgpNotification Decode(ReadOnlySpan<byte> body) => body switch
    {
        [var code, var subcode, .. var data] => new BgpNotification((BgpErrorCode)code, subcode, data),
        [var code] => new BgpNotification((BgpErrorCode)code, 0),
        [] => new BgpNotification(0, 0),
    };

    public static void Encode(BgpNotification notification, IBufferWriter<byte> output)
    {
        // The data is often the peer's own bytes; where they do not fit, the code still has to get through.
        var data = notification.Data.Span;
        data = data[..Math.Min(data.Length, MaximumData)];
        var length = WireLimits.NotificationMinimumLength + data.Length;
        var body = FrameWriter.Begin(output, MessageType.Notification, length);
        body[0] = (byte)notification.Code;
        body[1] = notification.Subcode;
        data.CopyTo(body[2..]);
        output.Advance(length);
    }
}
