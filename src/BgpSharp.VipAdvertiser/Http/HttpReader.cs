using System.Text;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Reads an answer as lines and octets, a bounded part of it, in a buffer that all of them share.</summary>
internal sealed class HttpReader(Stream stream)
{
    /// <summary>Of one answer. What goes beyond is not read.</summary>
    private const int Longest = 64 * 1024;

    private readonly byte[] _buffer = new byte[8 * 1024];
    private int _start, _end;
    private int _left;

    /// <summary>Whether anything came since <see cref="Begin"/>.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Something came that nothing was read of.</summary>
    public bool HasMore => _start < _end;

    /// <summary>Begins with the next answer.</summary>
    public void Begin() => (_left, HasBegun) = (Longest, false);

    /// <summary>A line without its end; null when it is too long.</summary>
    /// <exception cref="HttpAnswerException">The connection ended before the line.</exception>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        int length;
        while ((length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n')) < 0)
        {
            if (_end - _start >= Math.Min(_left, _buffer.Length))
            {
                return null;
            }

            if (!await FillAsync(cancellationToken))
            {
                throw HttpAnswerException.EndedEarly();
            }
        }

        var line = Encoding.Latin1.GetString(_buffer.AsSpan(_start, length).TrimEnd((byte)'\r'));
        return Take(length + 1) ? line : null;
    }

    /// <summary>Some of the octets that follow, valid until the next call; none at the end of the connection; null when it was enough.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(long most, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            await FillAsync(cancellationToken);
        }

        var length = (int)Math.Min(most, _end - _start);
        ReadOnlyMemory<byte>? octets = _buffer.AsMemory(_start, length);
        return Take(length) ? octets : null;
    }

    private bool Take(int length)
    {
        _start += length;
        _left -= length;
        return _left >= 0;
    }

    /// <summary>False at the end of the connection.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        HasBegun |= read > 0;
        return read > 0;
    }
}
