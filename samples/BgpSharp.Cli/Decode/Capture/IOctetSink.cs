namespace BgpSharp.Cli.Decode.Capture;

/// <summary>Takes one direction of a TCP connection, in order.</summary>
internal interface IOctetSink
{
    void Octets(ReadOnlySpan<byte> octets, DateTimeOffset? time);

    /// <summary>The capture does not have what stands here.</summary>
    void Gap(long octets);
}
