namespace BgpSharp.Cli.Decode.Input;

/// <summary>
/// What comes out of a decompressor. Its mistakes become one kind: a library meets a damaged file with whatever
/// exception its tables run into. What was decompressed before is read first.
/// </summary>
/// <param name="open">Makes the decompressor, which may look at the data at once.</param>
/// <param name="octetWise">Whether it loses what it has already put into the buffer when it runs into damage.</param>
internal sealed class DecompressedStream(Func<Stream> open, bool octetWise) : ReadOnlyStream
{
    private Stream? _inner;
    private CorruptInputException? _failure;
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        var read = 0;
        try
        {
            _inner ??= open();
            if (octetWise)
            {
                int octet;
                while (read < buffer.Length && (octet = _inner.ReadByte()) >= 0)
                {
                    buffer[read++] = (byte)octet;
                }
            }
            else
            {
                read = _inner.Read(buffer);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = new CorruptInputException(_position + read, $"the compressed data is damaged or cut off: {exception.Message.TrimEnd('.')}");
            if (read == 0)
            {
                throw _failure;
            }
        }

        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
