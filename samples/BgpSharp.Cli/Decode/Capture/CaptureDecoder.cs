using BgpSharp.Cli.Decode.Input;
using BgpSharp.Cli.Decode.Messages;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>Decodes a packet capture: TCP reassembled, the messages of each connection in order.</summary>
internal sealed class CaptureDecoder(
    IMessagePrinter printer, ContextHints hints, IReadOnlySet<ushort> ports, Func<Stream, CaptureReader> open) : IInputDecoder, ICaptureSink
{
    private readonly MessageDecoder _messages = new(printer);
    private bool _anyMessage;

    public string? Decode(Stream content, Complaints complaints, CancellationToken stopping)
    {
        var connections = new ConnectionTable(ports, this);
        try
        {
            var reader = open(content);
            while (reader.MoveNext())
            {
                stopping.ThrowIfCancellationRequested();
                if (PacketParser.TryFindSegment(reader.LinkType, reader.Packet, out var segment))
                {
                    connections.Add(segment, reader.Time);
                }
            }
        }
        finally
        {
            // What waits is shown even when the file is cut off.
            connections.Finish();
        }

        return _anyMessage ? null : $"no BGP message is in it{PassedOver(connections)}";
    }

    public void Message(ReadOnlySpan<byte> message, DateTimeOffset? time, TcpEnd source, TcpEnd destination, SessionFacts session, bool isForward)
    {
        _anyMessage = true;
        var head = new MessageHead
        {
            Time = time,
            From = source.ToIPEndPoint(),
            FromAs = session.SenderAs(isForward),
            To = destination.ToIPEndPoint(),
            ToAs = session.SenderAs(!isForward),
        };
        if (_messages.Decode(head, message, session.Hints(isForward).Or(hints)) is { } opened)
        {
            session.Learn(opened, isForward);
        }
    }

    public void Skipped(long octets, long missing, TcpEnd source, TcpEnd destination) =>
        printer.Gap(new MessageHead { From = source.ToIPEndPoint(), To = destination.ToIPEndPoint() }, octets, missing);

    private static string PassedOver(ConnectionTable connections)
    {
        var bmp = connections.Count(ConnectionContent.Bmp);
        var other = connections.Count(ConnectionContent.Other);
        return (bmp > 0 ? $"; TCP connections that carry BMP, which is not read: {bmp}" : "")
            + (other > 0 ? $"; TCP connections that do not look like BGP (--port N has one read nevertheless): {other}" : "");
    }
}
