using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// An address as bgpdump holds it: 16 octets, of which IPv4 uses the first four. Which of the two it is the line decides, not
/// the address: an IPv6 address printed as IPv4 shows its beginning.
/// </summary>
internal readonly record struct BgpdumpAddress(UInt128 Bits)
{
    public static readonly BgpdumpAddress None = FromIpv4(uint.MaxValue);

    public static BgpdumpAddress FromIpv4(uint address) => new((UInt128)address << 96);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(LineWriter writer, bool asIpv6)
    {
        if (asIpv6)
        {
            Ipv6Text.Write(writer, Bits);
        }
        else
        {
            writer.Ipv4((uint)(Bits >> 96));
        }
    }
}
