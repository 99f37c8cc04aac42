namespace BgpSharp.Cli.Decode.Capture;

/// <summary>A TCP segment of a captured packet.</summary>
internal readonly ref struct TcpSegment
{
    private const byte FinFlag = 1;
    private const byte SynFlag = 2;
    private const byte ResetFlag = 4;
    private const byte AckFlag = 16;

    public required TcpEnd Source { get; init; }

    public required TcpEnd Destination { get; init; }

    /// <summary>The sequence number of the first octet of the payload, or of the SYN.</summary>
    public required uint Sequence { get; init; }

    public required uint Acknowledgement { get; init; }

    public required byte Flags { get; init; }

    /// <summary>The payload, as much of it as was captured.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    public bool IsSyn => (Flags & SynFlag) != 0;

    public bool IsAck => (Flags & AckFlag) != 0;

    public bool IsFin => (Flags & FinFlag) != 0;

    public bool IsReset => (Flags & ResetFlag) != 0;
}
