using BgpSharp.Sessions;

namespace BgpSharp.Benchmarks.Receive;

/// <summary>A stream that hands out the same messages again and again, as many as it was asked for, without allocating.</summary>
internal sealed class ReplayStream : Stream
{
    private readonly AsyncSignal _more = new();
    private byte[] _batch = [];
    private int _offset;
    private long _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Lets the reader have the batch a number of times. Only called when the last one is used up.</summary>
    public void Play(byte[] batch, int times)
    {
        _batch = batch;
        _offset = 0;
        Volatile.Write(ref _left, (long)batch.Length * times);
        _more.Set();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Volatile.Read(ref _left) == 0)
        {
            await _more.WaitAsync();
        }

        var length = Math.Min(buffer.Length, _batch.Length - _offset);
        _batch.AsMemory(_offset, length).CopyTo(buffer);
        _offset = (_offset + length) % _batch.Length;
        _left -= length;
        return length;
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
