using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>The header of a path attribute (RFC 4271 §4.3) and where its value lies in the attributes field.</summary>
internal readonly record struct AttributeHeader(byte Flags, byte Type, int ValueStart, int ValueLength)
{
    public int End => ValueStart + ValueLength;

    /// <summary>Reads the attribute at a position; false at the end and where the field is too short for it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> field, int position, out AttributeHeader header)
    {
        header = default;
        if (position + 3 > field.Length)
        {
            return false;
        }

        var flags = field[position];
        int start, length;
        if ((flags & AttributeFlags.ExtendedLength) == 0)
        {
            start = position + 3;
            length = field[position + 2];
        }
        else if (position + 4 <= field.Length)
        {
            start = position + 4;
            length = BinaryPrimitives.ReadUInt16BigEndian(field[(position + 2)..]);
        }
        else
        {
            return false;
        }

        header = new AttributeHeader(flags, field[position + 1], start, length);
        return header.End <= field.Length;
    }
}
