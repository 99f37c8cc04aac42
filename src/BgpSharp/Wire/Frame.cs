using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>One message with its header taken off. The body lies in the reader's buffer.</summary>
internal readonly struct Frame(MessageType type, ReadOnlySequence<byte> body)
{
    public MessageType Type { get; } = type;

    public ReadOnlySequence<byte> Body { get; } = body;

    /// <summary>Where the next message begins: what to consume.</summary>
    public SequencePosition End => Body.End;
}
