using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>Prefixes as they lie in NLRI and withdrawn routes (RFC 4271 §4.3): a length octet, then the octets it needs.</summary>
internal static class NlriField
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OctetCount(int prefixLength) => (prefixLength + 7) >> 3;
}
