using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>ASCII text in a buffer of fixed size, written by hand: no strings, nothing allocated a line.</summary>
internal sealed class LineWriter
{
    private readonly Stream? _output;
    private readonly byte[] _buffer;
    private int _end;

    /// <summary>Makes a writer; without an output it is a place to keep text in.</summary>
    public LineWriter(int capacity, Stream? output = null)
    {
        _buffer = new byte[capacity];
        _output = output;
    }

    /// <summary>How much has been written; set to a smaller value it takes back what is behind.</summary>
    public int Length
    {
        get => _end;
        set => _end = value;
    }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _end);

    /// <summary>Makes room: what is written until the next call must not be longer.</summary>
    public void Reserve(int length)
    {
        if (_buffer.Length - _end < length)
        {
            Flush();
        }
    }

    public void Flush()
    {
        _output?.Write(_buffer, 0, _end);
        _end = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value) => _buffer[_end++] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_end));
        _end += text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Number(uint value, bool isSigned)
    {
        if (isSigned && (int)value < 0)
        {
            Byte((byte)'-');
            value = 0 - value;
        }

        Number(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Number(uint value)
    {
        var end = _end + DigitCount(value);
        _end = end;
        var buffer = _buffer;
        do
        {
            (value, var digit) = Math.DivRem(value, 10);
            buffer[--end] = (byte)('0' + digit);
        }
        while (value > 0);
    }

    public void Padded(uint value, int digits)
    {
        for (var missing = digits - DigitCount(value); missing > 0; missing--)
        {
            Byte((byte)'0');
        }

        Number(value);
    }

    /// <summary>An IPv4 address, given in host order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Ipv4(uint address)
    {
        Number(address >> 24);
        Byte((byte)'.');
        Number((address >> 16) & 255);
        Byte((byte)'.');
        Number((address >> 8) & 255);
        Byte((byte)'.');
        Number(address & 255);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void HexGroup(uint group)
    {
        var shift = group >= 0x1000 ? 12 : group >= 0x100 ? 8 : group >= 0x10 ? 4 : 0;
        for (; shift >= 0; shift -= 4)
        {
            Byte("0123456789abcdef"u8[(int)(group >> shift) & 15]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DigitCount(uint value) =>
        value < 100_000
            ? value < 100 ? value < 10 ? 1 : 2 : value < 1_000 ? 3 : value < 10_000 ? 4 : 5
            : value < 10_000_000 ? value < 1_000_000 ? 6 : 7 : value < 100_000_000 ? 8 : value < 1_000_000_000 ? 9 : 10;
}
