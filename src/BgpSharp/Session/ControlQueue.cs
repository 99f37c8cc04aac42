using System.Buffers;

namespace BgpSharp.Sessions;

/// <summary>
/// Messages that wait to be sent, one after another in one pooled buffer. A session at rest holds no buffer. Not thread-safe.
/// </summary>
internal sealed class ControlQueue : IBufferWriter<byte>
{
    private const int LeastBuffer = 256;

    private byte[] _buffer = [];

    /// <summary>The octets that wait.</summary>
    public int Length { get; private set; }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(Length);
    }

    /// <summary>Hands everything out; the buffer is the caller's, to be given back to the shared pool.</summary>
    public byte[] Take(out int length)
    {
        var taken = _buffer;
        length = Length;
        (_buffer, Length) = ([], 0);
        return taken;
    }

    private void MakeRoom(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, LeastBuffer));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
