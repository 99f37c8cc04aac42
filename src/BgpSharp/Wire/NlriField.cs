using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>Prefixes as they lie in NLRI and withdrawn routes (RFC 4271 §4.3): a length octet, then the octets it needs.</summary>
internal static class NlriField
{
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
