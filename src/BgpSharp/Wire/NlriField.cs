using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>Prefixes as they lie in NLRI and withdrawn routes (RFC 4271 §4.3): a length octet, then the octets it needs.</summary>
internal static class NlriField
{
    /// <summary>Whether the field consists of whole prefixes that are not too long (RFC 7606 §5.3).</summary>
    public static bool IsValid(ReadOnlySpan<byte> field, bool isV4)
    {
        var longest = isV4 ? 32 : 128;
        var position = 0;
        while ((uint)position < (uint)field.Length)
        {
            int length = field[position];
            if (length > longest)
            {
                return false;
            }

            position += 1 + OctetCount(length);
        }

        return position == field.Length;
    }

    public static int Count(ReadOnlySpan<byte> field)
    {
        var count = 0;
        for (var position = 0; position < field.Length; position += 1 + OctetCount(field[position]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Writes as many of the prefixes as fit; says how many octets that took.</summary>
    public static int Write(Span<byte> field, ReadOnlySpan<IpPrefix> prefixes, out int taken)
    {
        Span<byte> address = stackalloc byte[16];
        var written = 0;
        taken = 0;
        foreach (ref readonly var prefix in prefixes)
        {
            var octets = OctetCount(prefix.Length);
            if (written + 1 + octets > field.Length)
            {
                break;
            }

            prefix.WriteAddress(address);
            field[written] = (byte)prefix.Length;
            address[..octets].CopyTo(field[(written + 1)..]);
            written += 1 + octets;
            taken++;
        }

        return written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OctetCount(int prefixLength) => (prefixLength + 7) >> 3;
}
