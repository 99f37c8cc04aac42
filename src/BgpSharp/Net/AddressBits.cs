using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace BgpSharp;

/// <summary>The octets of an address without the object; an IPv4 address fills the upper half of the first word.</summary>
internal readonly record struct AddressBits(ulong High, ulong Low)
{
    public static AddressBits From(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var written);
        return Read(octets[..written]);
    }

    /// <summary>Reads 4 or 16 octets.</summary>
    public static AddressBits Read(ReadOnlySpan<byte> octets) => octets.Length == 4
        ? new((ulong)BinaryPrimitives.ReadUInt32BigEndian(octets) << 32, 0)
        : new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));

    /// <summary>Writes all 16 octets; an IPv4 address fills the first four.</summary>
    public void Write(Span<byte> sixteenOctets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(sixteenOctets, High);
        BinaryPrimitives.WriteUInt64BigEndian(sixteenOctets[8..], Low);
    }

    public IPAddress ToAddress(AddressFamily family)
    {
        Span<byte> octets = stackalloc byte[16];
        Write(octets);
        return new IPAddress(family == AddressFamily.InterNetwork ? octets[..4] : octets);
    }

    /// <summary>Writes the address as text; IPv6 as in RFC 5952, an IPv4-mapped one with its last part dotted.</summary>
    public void WriteText<TChar>(ref TextBuffer<TChar> text, bool isV4)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        if (isV4)
        {
            WriteDotted(ref text, (uint)(High >> 32));
        }
        else if (High == 0 && Low >> 32 == ushort.MaxValue)
        {
            text.Append("::ffff:");
            WriteDotted(ref text, (uint)Low);
        }
        else
        {
            WriteGroups(ref text);
        }
    }

    private static void WriteDotted<TChar>(ref TextBuffer<TChar> text, uint address)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        for (var shift = 24; shift > 0; shift -= 8)
        {
            text.Append((address >> shift) & 255);
            text.Append('.');
        }

        text.Append(address & 255);
    }

    private void WriteGroups<TChar>(ref TextBuffer<TChar> text)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        var (gap, gapEnd) = LongestGap();
        for (var i = 0; i < 8; i++)
        {
            if (i == gap)
            {
                text.Append("::");
                i = gapEnd - 1;
                continue;
            }

            if (i > 0 && i != gapEnd)
            {
                text.Append(':');
            }

            text.AppendHex(Group(i));
        }
    }

    private uint Group(int index) => (ushort)((index < 4 ? High : Low) >> (48 - (16 * (index & 3))));

    // The first of the longest runs of at least two groups of zero.
    private (int Start, int End) LongestGap()
    {
        var (start, end) = (-1, -1);
        for (var i = 0; i < 8; i++)
        {
            var first = i;
            while (i < 8 && Group(i) == 0)
            {
                i++;
            }

            if (i - first >= 2 && i - first > end - start)
            {
                (start, end) = (first, i);
            }
        }

        return (start, end);
    }
}
