using System.Globalization;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The end of a flight recording as lines of the log; <c>dump</c> has all of it.</summary>
internal static class RecordingText
{
    private const int Shown = 10;

    public static IReadOnlyList<string> Last(ReadOnlySpan<byte> mrt)
    {
        var lines = new Queue<string>();
        while (MrtRecord.TryRead(mrt, out var record) == MrtReadStatus.Record)
        {
            if (lines.Count == Shown)
            {
                lines.Dequeue();
            }

            lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{record.Time.UtcDateTime:HH:mm:ss.fff} {Describe(in record)}"));
            mrt = mrt[record.Length..];
        }

        return [.. lines];
    }

    private static string Describe(in MrtRecord record)
    {
        if (MrtStateChange.TryRead(in record, out var change, out _))
        {
            return $"{change.OldState} to {change.NewState}";
        }

        if (!MrtMessage.TryRead(in record, out var message, out _))
        {
            return "a record that is not understood";
        }

        var type = (MessageType)message.MessageType;
        var what = type == MessageType.Notification ? $"NOTIFICATION {NotificationCodec.Decode(message.Body)}" : $"{type}, {message.Octets.Length} octets";
        return $"{(message.IsLocal ? "sent" : "received")} {what}";
    }
}
