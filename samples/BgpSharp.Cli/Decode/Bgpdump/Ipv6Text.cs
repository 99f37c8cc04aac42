using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// IPv6 addresses as bgpdump writes them: as RFC 5952, but a single group of zeros becomes <c>::</c> too, and addresses
/// that begin with 96 zero bits end like an IPv4 address.
/// </summary>
internal static class Ipv6Text
{
    private const int Groups = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(LineWriter writer, UInt128 address)
    {
        var first96 = address >> 32;
        var last32 = (uint)(address & uint.MaxValue);
        if (first96 == 0xFFFF || (first96 == 0 && last32 > 1))
        {
            writer.Text(first96 == 0 ? "::"u8 : "::ffff:"u8);
            writer.Ipv4(last32);
            return;
        }

        var high = (ulong)(address >> 64);
        var low = (ulong)address;
        var (zerosAt, zeros) = LongestZeros(high, low);
        for (var i = 0; i < Groups; i++)
        {
            if (i == zerosAt)
            {
                writer.Text(i == 0 ? "::"u8 : ":"u8);
                i += zeros - 1;
                continue;
            }

            writer.HexGroup(Group(high, low, i));
            if (i < Groups - 1)
            {
                writer.Byte((byte)':');
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Group(ulong high, ulong low, int i) =>
        (ushort)((i < 4 ? high : low) >> (48 - (16 * (i & 3))));

    // The first of the longest runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int At, int Count) LongestZeros(ulong high, ulong low)
    {
        var (at, longest, run) = (-1, 0, 0);
        for (var i = 0; i < Groups; i++)
        {
            run = Group(high, low, i) == 0 ? run + 1 : 0;
            if (run > longest)
            {
                (at, longest) = (i + 1 - run, run);
            }
        }

        return (at, longest);
    }
}
