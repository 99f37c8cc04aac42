using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>Cuts a byte stream into BGP messages and keeps them. Thread-safe for one writer.</summary>
internal sealed class MessageLog
{
    private const int HeaderLength = 19, LengthOffset = 16;

    private readonly List<byte[]> _messages = [];
    private readonly List<byte> _unfinished = [];

    /// <summary>The whole messages so far, in order.</summary>
    public IReadOnlyList<byte[]> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    public void Add(ReadOnlySpan<byte> data)
    {
        lock (_messages)
        {
            _unfinished.AddRange(data);
            while (_unfinished.Count >= HeaderLength)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(CollectionsMarshal.AsSpan(_unfinished)[LengthOffset..]);
                if (_unfinished.Count < length)
                {
                    return;
                }
                _messages.Add([.. _unfinished.Take(length)]);
                _unfinished.RemoveRange(0, length);
            }
        }
    }
}
