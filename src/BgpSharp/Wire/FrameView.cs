namespace BgpSharp.Wire;

/// <summary>One message of a span with its header taken off. The body lies in the reader's buffer.</summary>
public readonly ref struct FrameView
{
    internal FrameView(MessageType type, ReadOnlySpan<byte> body)
    {
        Type = type;
        Body = body;
    }

    /// <summary>The message's type.</summary>
    public MessageType Type { get; }

    /// <summary>The octets after the header.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The octets of the whole message, header included: where the next one begins.</summary>
    public int Length => WireLimits.HeaderLength + Body.Length;
}
