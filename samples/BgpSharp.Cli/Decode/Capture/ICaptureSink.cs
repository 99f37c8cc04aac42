namespace BgpSharp.Cli.Decode.Capture;

/// <summary>Takes the messages of all connections of a capture.</summary>
internal interface ICaptureSink
{
    void Message(ReadOnlySpan<byte> message, DateTimeOffset? time, TcpEnd source, TcpEnd destination, SessionFacts session, bool isForward);

    /// <summary>Octets between messages that make none, and octets the capture does not have.</summary>
    void Skipped(long octets, long missing, TcpEnd source, TcpEnd destination);
}
