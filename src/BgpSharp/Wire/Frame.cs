using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>One message of a sequence with its header taken off. The body lies in the reader's buffer.</summary>
public readonly struct Frame
{
    internal Frame(MessageType type, ReadOnlySequence<byte> body)
    {
        Type = type;
        Body = body;
    }

    /// <summary>The message's type.</summary>
    public MessageType Type { get; }

    /// <summary>The octets after the header.</summary>
    public ReadOnlySequence<byte> Body { get; }

    /// <summary>Where the next message begins: what to consume.</summary>
    public SequencePosition End => Body.End;
}
