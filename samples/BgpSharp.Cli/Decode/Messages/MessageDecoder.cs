using System.Buffers.Binary;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>Reads messages of any type, leniently, and has them printed.</summary>
internal sealed class MessageDecoder(IMessagePrinter printer)
{
    private const int HeaderLength = 19;

    /// <summary>Reads one message, header included; returns the OPEN if it is one that can be read.</summary>
    public OpenMessage? Decode(MessageHead head, ReadOnlySpan<byte> octets, in ContextHints hints)
    {
        head = head with { Length = octets.Length };
        var status = FrameReader.Read(octets, ushort.MaxValue, out var frame, out var error);
        if (status != FrameStatus.Frame)
        {
            printer.Undecoded(head, MessageNames.TypeOf(octets), status == FrameStatus.Error ? $"{error}" : CutOff(octets), octets);
            return null;
        }

        switch (frame.Type)
        {
            case MessageType.Open:
                if (OpenCodec.TryDecode(frame.Body, out var open, out error))
                {
                    printer.Open(head, open);
                    return open;
                }

                printer.Undecoded(head, MessageNames.TypeOf(octets), $"{error}", octets);
                break;
            case MessageType.Update:
                printer.Update(head, Judge(frame.Body, hints));
                break;
            case MessageType.Notification:
                printer.Notification(head, NotificationCodec.Decode(frame.Body));
                break;
            case MessageType.Keepalive:
                printer.Keepalive(head);
                break;
            default:
                if (RouteRefreshCodec.TryDecode(frame.Body, out var refresh, out error))
                {
                    printer.RouteRefresh(head, refresh);
                }
                else
                {
                    printer.Undecoded(head, MessageNames.TypeOf(octets), $"{error}", octets);
                }

                break;
        }

        return null;
    }

    private static UpdateMessage Judge(ReadOnlySpan<byte> body, in ContextHints hints)
    {
        var guess = ContextGuess.Make(hints, body);
        UpdateDecoder.Decode(body, guess.Context, out var view, out var problem);
        return new UpdateMessage
        {
            Body = body,
            Guess = guess,
            Problem = problem,
            EndOfRib = view.IsEndOfRib(out var family) ? family : null,
        };
    }

    private static string CutOff(ReadOnlySpan<byte> octets) => octets.Length < HeaderLength
        ? $"the header is cut off: {octets.Length} of {HeaderLength} octets"
        : $"the message is cut off: {octets.Length} of {BinaryPrimitives.ReadUInt16BigEndian(octets[16..])} octets";
}
