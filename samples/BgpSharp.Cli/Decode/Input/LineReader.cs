namespace BgpSharp.Cli.Decode.Input;

/// <summary>Reads lines of octets, of a bounded length, and knows where they begin.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Four times the longest message in hex: room for separators and a comment.</summary>
    private const int MaximumLineLength = 1 << 19;

    private byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;
    private long _consumed;
    private bool _atEnd;

    /// <summary>The number of the line read last; 1 for the first.</summary>
    public int Number { get; private set; }

    /// <summary>The octet of the input at which it begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads a line without its end; false when there is none.</summary>
    /// <exception cref="CorruptInputException">It is longer than any line of hex.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var waiting = _buffer.AsSpan(_start, _end - _start);
            var length = waiting.IndexOf((byte)'\n');
            if (length >= 0 || (_atEnd && !waiting.IsEmpty))
            {
                line = length >= 0 ? waiting[..length] : waiting;
                Number++;
                Offset = _consumed;
                var taken = length >= 0 ? length + 1 : waiting.Length;
                _start += taken;
                _consumed += taken;
                return true;
            }

            if (_atEnd)
            {
                line = default;
                return false;
            }

            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaximumLineLength)
            {
                throw new CorruptInputException(_consumed, $"line {Number + 1} has more than {MaximumLineLength} octets");
            }

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _atEnd = read == 0;
    }
}
