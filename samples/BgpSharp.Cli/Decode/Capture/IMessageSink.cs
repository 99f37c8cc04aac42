namespace BgpSharp.Cli.Decode.Capture;

/// <summary>Takes the BGP messages of one direction of a TCP connection.</summary>
internal interface IMessageSink
{
    /// <summary>A whole message, header included.</summary>
    void Message(ReadOnlySpan<byte> message, DateTimeOffset? time);

    /// <summary>Octets that belong to no message: behind a gap, before the first message, or without a marker.</summary>
    void Skipped(long octets, long missing);
}
