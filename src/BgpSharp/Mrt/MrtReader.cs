namespace BgpSharp.Mrt;

/// <summary>
/// Reads the records of a stream one after the other, in the memory that the largest of them needs. The stream holds
/// plain MRT; decompressing is the caller's. What the stream throws passes through. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// var reader = new MrtReader(stream);
/// while (reader.TryRead(out var record)) { ... }
/// // reader.State says why there is no more, reader.Offset where.
/// </code>
/// </example>
public sealed class MrtReader
{
    private const int InitialCapacity = 256 * 1024;

    private readonly Stream _stream;
    private readonly int _maximumLength;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _currentLength;

    /// <summary>Makes a reader; it does not own the stream.</summary>
    /// <param name="stream">The stream, which need not seek.</param>
    /// <param name="maximumRecordLength">The longest record that is believed, in octets with the header; the bound of the memory.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than a header.</exception>
    public MrtReader(Stream stream, int maximumRecordLength = MrtRecord.DefaultMaximumLength)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRecordLength, MrtRecord.HeaderLength);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }

        _stream = stream;
        _maximumLength = maximumRecordLength;
        _buffer = new byte[InitialCapacity];
    }

    /// <summary>Whether there may be more, and if not, why.</summary>
    public MrtReaderState State { get; private set; }

    /// <summary>
    /// The octet of the stream, counted from where the reader began, at which the record read last begins; after the last
    /// one the octet at which the stream ended, or at which the truncated or corrupt record begins.
    /// </summary>
    public long Offset { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <param name="record">The record, when the result is true. It lies in the reader's buffer: the next call overwrites it.</param>
    /// <returns>Whether there was one; if not, <see cref="State"/> says why.</returns>
    public bool TryRead(out MrtRecord record)
    {
        _start += _currentLength;
        Offset += _currentLength;
        _currentLength = 0;
        while (State == MrtReaderState.Reading)
        {
            switch (MrtRecord.TryRead(_buffer.AsSpan(_start, _end - _start), out record, _maximumLength))
            {
                case MrtReadStatus.Record:
                    _currentLength = record.Length;
                    return true;
                case MrtReadStatus.Corrupt:
                    State = MrtReaderState.Corrupt;
                    break;
                case MrtReadStatus.NeedMore when !Fill():
                    State = _start == _end ? MrtReaderState.End : MrtReaderState.Truncated;
                    break;
            }
        }

        record = default;
        return false;
    }

    // The buffer grows with what arrives, never with what a header promises: a corrupt length costs no memory.
    private bool Fill()
    {
        var unread = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, unread).CopyTo(_buffer);
            _start = 0;
            _end = unread;
        }

        if (_end == _buffer.Length)
        {
            var larger = (int)Math.Min(2L * _buffer.Length, Math.Max(_maximumLength, _buffer.Length + 1L));
            Array.Resize(ref _buffer, larger);
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
