namespace BgpSharp.Cli;

/// <summary>Standard output, buffered until it is flushed; tells the end of its reader from other mistakes.</summary>
internal sealed class OutputStream(Stream inner) : Stream
{
    private const int BrokenPipe = 32;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _buffered;

    /// <summary>Told when the reader is gone, instead of an exception: what is written from then on is dropped.</summary>
    public Action? ReaderGone { get; init; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _buffer.Length - _buffered)
        {
            HandOn();
        }

        if (buffer.Length > _buffer.Length)
        {
            HandOn(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += buffer.Length;
    }

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush() => HandOn();

    private void HandOn()
    {
        // Not again what could not be written once.
        var octets = _buffer.AsSpan(0, _buffered);
        _buffered = 0;
        HandOn(octets);
    }

    private void HandOn(ReadOnlySpan<byte> octets)
    {
        try
        {
            if (!octets.IsEmpty)
            {
                inner.Write(octets);
            }

            inner.Flush();
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == BrokenPipe)
        {
            if (ReaderGone is null)
            {
                throw new ReaderGoneException(exception);
            }

            ReaderGone();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write: {exception.Message}", exception);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
