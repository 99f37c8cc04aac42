using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>NOTIFICATION (RFC 4271 §4.5).</summary>
public static class NotificationCodec
{
    private const int MaximumData = WireLimits.MaximumMessageLength - WireLimits.NotificationMinimumLength;

    /// <summary>Reads a NOTIFICATION. There is no error to report about one: nobody may answer it (RFC 4271 §6.4).</summary>
    /// <param name="body">The octets after the header.</param>
    /// <returns>The NOTIFICATION; code and subcode are 0 where octets are missing.</returns>
    public static BgpNotification Decode(ReadOnlySpan<byte> body) => body switch
    {
        [var code, var subcode, .. var data] => new BgpNotification((BgpErrorCode)code, subcode, data),
        [var code] => new BgpNotification((BgpErrorCode)code, 0),
        [] => new BgpNotification(0, 0),
    };

    /// <summary>
    /// Writes a whole message, header included, of at most 4096 octets. The data is often the peer's own octets; where they
    /// do not fit they are cut: the code has to get through.
    /// </summary>
    /// <param name="notification">The NOTIFICATION.</param>
    /// <param name="output">Where it goes.</param>
    public static void Encode(BgpNotification notification, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(output);
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
