using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// AS paths as bgpdump writes them: sequences bare, {1,2} a set, (1 2) and [1,2] the same of a confederation; a malformed path
/// is one fixed text, and one of more than 7900 characters ends in dots.
/// </summary>
internal ref struct PathText(LineWriter writer)
{
    public const int LongestText = LongestPath + 16;

    private const int LongestPath = 7_900;
    private const byte Set = 1;
    private const byte Sequence = 2;
    private const byte ConfederationSequence = 3;
    private const byte ConfederationSet = 4;

    private readonly LineWriter _writer = writer;
    private readonly int _start = writer.Length;
    private byte _type = Sequence;
    private bool _isApart;

    /// <summary>The number of AS numbers in a path, a set being one; zero when it is malformed.</summary>
    public static int Count(ReadOnlySpan<byte> path, int asnLength)
    {
        var count = 0;
        while (!path.IsEmpty)
        {
            if (!TryTakeSegment(ref path, asnLength, out var type, out var octets))
            {
                return 0;
            }

            count += type is Set or ConfederationSet ? 1 : octets.Length / asnLength;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(LineWriter writer, ReadOnlySpan<byte> path, int asnLength)
    {
        var text = new PathText(writer);
        text.WriteSegments(path, asnLength);
    }

    /// <summary>
    /// Writes AS_PATH with its end replaced by AS4_PATH. bgpdump fills what AS4_PATH does not cover with the first segment
    /// of AS_PATH, again and again if that is too short, where RFC 6793 §4.2.3 goes on to the next segment.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteMerged(LineWriter writer, ReadOnlySpan<byte> path, ReadOnlySpan<byte> as4Path)
    {
        var text = new PathText(writer);
        var missing = Count(path, 2) - Count(as4Path, 4);
        if (missing > 0 && TryTakeSegment(ref path, 2, out var type, out var octets))
        {
            var isSet = type is Set or ConfederationSet;
            var step = isSet ? 1 : octets.Length / 2;
            for (; missing > 0 && step > 0; missing -= step)
            {
                var taken = isSet || step <= missing ? octets : octets[..(2 * missing)];
                if (!text.TryWriteSegment(type, taken, 2))
                {
                    return;
                }
            }
        }

        text.WriteSegments(as4Path, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteSegments(ReadOnlySpan<byte> path, int asnLength)
    {
        while (!path.IsEmpty)
        {
            if (!TryTakeSegment(ref path, asnLength, out var type, out var octets))
            {
                _writer.Length = _start;
                _writer.Text("! Error !"u8);
                return;
            }

            if (!TryWriteSegment(type, octets, asnLength))
            {
                return;
            }
        }

        if (_type != Sequence)
        {
            _writer.Byte(Closing(_type));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryTakeSegment(ref ReadOnlySpan<byte> path, int asnLength, out byte type, out ReadOnlySpan<byte> octets)
    {
        type = path[0];
        octets = default;
        if (type is < Set or > ConfederationSet || path.Length < 2 || path.Length < 2 + (path[1] * asnLength))
        {
            return false;
        }

        octets = path.Slice(2, path[1] * asnLength);
        path = path[(2 + octets.Length)..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryWriteSegment(byte type, scoped ReadOnlySpan<byte> octets, int asnLength)
    {
        if (_type != Sequence)
        {
            _writer.Byte(Closing(_type));
        }

        if (_isApart)
        {
            _writer.Byte((byte)' ');
        }

        if (type != Sequence)
        {
            _writer.Byte(Opening(type));
        }

        var separator = type is Set or ConfederationSet ? (byte)',' : (byte)' ';
        for (var at = 0; at < octets.Length; at += asnLength)
        {
            if (at > 0)
            {
                _writer.Byte(separator);
            }

            _writer.Number(asnLength == 4
                ? BinaryPrimitives.ReadUInt32BigEndian(octets[at..])
                : BinaryPrimitives.ReadUInt16BigEndian(octets[at..]));
            if (_writer.Length - _start > LongestPath)
            {
                _writer.Text("..."u8);
                return false;
            }
        }

        _isApart = !octets.IsEmpty;
        _type = type;
        return true;
    }

    private static byte Opening(byte type) => type switch { Set => (byte)'{', ConfederationSet => (byte)'[', _ => (byte)'(' };

    private static byte Closing(byte type) => type switch { Set => (byte)'}', ConfederationSet => (byte)']', _ => (byte)')' };
}
