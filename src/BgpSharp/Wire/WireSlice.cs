namespace BgpSharp.Wire;

/// <summary>A range of a message body. A body has at most 65516 octets, so two octets each are enough.</summary>
internal readonly struct WireSlice(int start, int length)
{
    private readonly ushort _start = (ushort)start;
    private readonly ushort _length = (ushort)length;

    public int Start => _start;

    public int Length => _length;

    public int End => _start + _length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => body.Slice(_start, _length);
}
