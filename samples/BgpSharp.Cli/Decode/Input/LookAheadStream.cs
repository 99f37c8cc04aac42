namespace BgpSharp.Cli.Decode.Input;

/// <summary>A stream whose beginning can be looked at before it is read. It need not seek.</summary>
internal sealed class LookAheadStream(Stream inner) : ReadOnlyStream
{
    private byte[] _start = [];
    private int _given;
    private Exception? _failure;

    /// <summary>The first octets; fewer when there are no more, or when reading on failed, which then shows when it is read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var start = new byte[count];
        var length = 0;
        try
        {
            int read;
            while (length < count && (read = inner.Read(start.AsSpan(length))) > 0)
            {
                length += read;
            }
        }
        catch (CorruptInputException exception)
        {
            _failure = exception;
        }

        _start = start[..length];
        return _start;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_given < _start.Length)
        {
            var part = _start.AsSpan(_given, Math.Min(buffer.Length, _start.Length - _given));
            part.CopyTo(buffer);
            _given += part.Length;
            return part.Length;
        }

        return _failure is null ? inner.Read(buffer) : throw _failure;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
