namespace BgpSharp.Cli.Decode.Input;

/// <summary>The file as it lies on disk or comes through a pipe: counts what was read, and tells before it may have to wait.</summary>
internal sealed class MeteredStream(Stream inner, Action<long> beforeReading) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        beforeReading(_read);
        var read = inner.Read(buffer);
        _read += read;
        return read;
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
