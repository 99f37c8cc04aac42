using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Fuzz;

/// <summary>The messages that are not UPDATEs, and the frames around all of them.</summary>
internal static class MessageTargets
{
    // "\u{1B}" for a control character of one octet; those of more octets have fewer characters for each.
    private const int LongestEscape = 6;
    private const int LongestName = 256;

    public static void Open(ReadOnlySpan<byte> body, in WireContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isOpen = OpenCodec.TryDecode(body, out var open, out var error);
        FuzzTargets.CheckAllocated(before, body.Length, "decoding an OPEN");
        if (!isOpen)
        {
            CheckError(error);
            return;
        }

        foreach (var capability in open!.Capabilities)
        {
            _ = capability.ToString();
        }

        if (body.Length <= WireLimits.MaximumMessageLength - WireLimits.HeaderLength)
        {
            var again = new ArrayBufferWriter<byte>();
            OpenCodec.Encode(open, again);
            FuzzTargets.Check(OpenCodec.TryDecode(again.WrittenSpan[WireLimits.HeaderLength..], out var second, out _), "an encoded OPEN can be decoded");
            FuzzTargets.Check(second!.Capabilities.SequenceEqual(open.Capabilities), "capabilities survive");
        }
    }

    public static void Notification(ReadOnlySpan<byte> body, in WireContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var notification = NotificationCodec.Decode(body);
        FuzzTargets.CheckAllocated(before, body.Length, "decoding a NOTIFICATION");
        var text = notification.ToString();
        FuzzTargets.Check(text.Length <= (LongestEscape * body.Length) + LongestName, "a NOTIFICATION's text is in proportion");
        FuzzTargets.Check(!text.Any(char.IsControl), "no control character of a peer's reaches a log");
    }

    public static void RouteRefresh(ReadOnlySpan<byte> body, in WireContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isOne = RouteRefreshCodec.TryDecode(body, out var message, out var error);
        FuzzTargets.CheckAllocated(before, body.Length, "decoding a ROUTE-REFRESH");
        if (!isOne)
        {
            CheckError(error);
            return;
        }

        var again = new ArrayBufferWriter<byte>();
        RouteRefreshCodec.Encode(message!, again);
        FuzzTargets.Check(again.WrittenSpan[WireLimits.HeaderLength..].SequenceEqual(body), "a ROUTE-REFRESH is encoded to the same octets");
    }

    public static void Frames(ReadOnlySpan<byte> stream, in WireContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var length = stream.Length;
        while (FrameReader.Read(stream, context.MaximumMessageLength, out var frame, out var error) is var status)
        {
            if (status != FrameStatus.Frame)
            {
                if (status == FrameStatus.Error)
                {
                    CheckError(error);
                }

                break;
            }

            FuzzTargets.Check(frame.Length >= WireLimits.HeaderLength && frame.Length <= stream.Length, "a frame lies in the stream");
            stream = stream[frame.Length..];
        }

        FuzzTargets.CheckAllocated(before, length, "framing");
    }

    private static void CheckError(WireError error) =>
        FuzzTargets.Check(error.Code is >= BgpErrorCode.MessageHeader and <= BgpErrorCode.SendHoldTimerExpired, "a refusal has a NOTIFICATION");
}
