namespace BgpSharp.Cli.Decode.Capture;

/// <summary>
/// Reads a capture file packet by packet. The containers are small enough to be read by hand: the managed library for
/// packets is not trim-clean, the one for files needs native code, and neither is made for hostile input.
/// </summary>
internal abstract class CaptureReader
{
    /// <summary>More than any interface delivers, offloads included.</summary>
    protected const int MaximumPacketLength = 1 << 20;

    private byte[] _buffer = new byte[2048];

    /// <summary>The present packet's time; null when the file has none for it.</summary>
    public DateTimeOffset? Time { get; protected set; }

    /// <summary>What the present packet begins with.</summary>
    public LinkType LinkType { get; protected set; }

    /// <summary>The present packet, as much of it as was captured.</summary>
    public ReadOnlySpan<byte> Packet => _buffer.AsSpan(0, PacketLength);

    protected int PacketLength { get; private set; }

    /// <summary>Goes to the next packet; false at the end of the file.</summary>
    /// <exception cref="Input.CorruptInputException">The file is cut off or makes no sense.</exception>
    public abstract bool MoveNext();

    /// <summary>Where to put the octets of the next packet.</summary>
    protected Span<byte> Reserve(int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[Math.Max(length, 2 * _buffer.Length)];
        }

        PacketLength = length;
        return _buffer.AsSpan(0, length);
    }

    /// <summary>A time as seconds and a fraction; null beyond year 9999.</summary>
    protected static DateTimeOffset? ToTime(ulong seconds, ulong fraction, ulong fractionsPerSecond)
    {
        // The fraction of a hostile file may be thousands of seconds.
        const ulong lastSecond = 253402300799 - (uint.MaxValue / 1_000_000);
        return seconds > lastSecond
            ? null
            : DateTimeOffset.UnixEpoch.AddTicks((long)((seconds * TimeSpan.TicksPerSecond)
                + (ulong)((UInt128)fraction * TimeSpan.TicksPerSecond / fractionsPerSecond)));
    }
}
