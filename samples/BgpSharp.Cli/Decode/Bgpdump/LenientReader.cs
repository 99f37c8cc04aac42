using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// Takes fields off octets as bgpdump does: what is missing at the end is zero. The views of the library say what is
/// missing instead, which is no help in printing the same line.
/// </summary>
internal ref struct LenientReader(ReadOnlySpan<byte> octets)
{
    public ReadOnlySpan<byte> Rest { get; private set; } = octets;

    public readonly bool IsEmpty => Rest.IsEmpty;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort UInt16()
    {
        var octets = Take(2);
        return octets.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(octets) : (ushort)(uint)Padded(octets, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint UInt32()
    {
        var octets = Take(4);
        return octets.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : (uint)Padded(octets, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Asn(bool fourOctets) => fourOctets ? UInt32() : UInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BgpdumpAddress Address(bool isV6) => isV6 ? new BgpdumpAddress(Padded(Take(16), 16)) : BgpdumpAddress.FromIpv4(UInt32());

    /// <summary>That many octets, or as many as there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Take(int count)
    {
        count = Math.Min(count, Rest.Length);
        var taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }

    /// <summary>A number of a width in octets, of which the last may be missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static UInt128 Padded(ReadOnlySpan<byte> octets, int width)
    {
        if (octets.Length == 16)
        {
            return BinaryPrimitives.ReadUInt128BigEndian(octets);
        }

        UInt128 value = 0;
        foreach (var octet in octets)
        {
            value = (value << 8) | octet;
        }

        return value << (8 * (width - octets.Length));
    }
}
