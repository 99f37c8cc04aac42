using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BgpSharp.Wire;

/// <summary>Many numbers of four octets at once.</summary>
internal static class BigEndian
{
    /// <summary>Reads as many numbers as there is room for.</summary>
    public static void Read(ReadOnlySpan<byte> octets, Span<uint> numbers)
    {
        var source = MemoryMarshal.Cast<byte, uint>(octets)[..numbers.Length];
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(source, numbers);
        }
        else
        {
            source.CopyTo(numbers);
        }
    }

    public static void Write(Span<byte> octets, ReadOnlySpan<uint> numbers)
    {
        var destination = MemoryMarshal.Cast<byte, uint>(octets);
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(numbers, destination);
        }
        else
        {
            numbers.CopyTo(destination);
        }
    }
}
