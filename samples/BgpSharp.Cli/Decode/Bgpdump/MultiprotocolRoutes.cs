using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// The routes of one family in MP_REACH_NLRI or MP_UNREACH_NLRI; of several attributes for one family the first counts.
/// </summary>
internal readonly ref struct MultiprotocolRoutes
{
    private MultiprotocolRoutes(BgpdumpAddress nextHop, int nextHopLength, ReadOnlySpan<byte> nlri)
    {
        NextHop = nextHop;
        HasNextHop = nextHopLength is 4 or 16 or 32;
        IsNextHopV6 = nextHopLength != 4;
        Nlri = nlri;
    }

    public BgpdumpAddress NextHop { get; }

    /// <summary>The next hop has a length that bgpdump knows; of others it takes the octets for what follows.</summary>
    public bool HasNextHop { get; }

    public bool IsNextHopV6 { get; }

    public ReadOnlySpan<byte> Nlri { get; }

    /// <summary>
    /// Finds the announced routes of a family. A value that does not begin with a zero octet is the short form of RIB
    /// entries (RFC 6396 §4.3.4), for bgpdump everywhere, and is IPv6 unicast.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFindReach(PathAttributeBlock attributes, BgpFamily family, out MultiprotocolRoutes routes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Type != AttributeType.MpReach || attribute.Value.IsEmpty)
            {
                continue;
            }

            var reader = new LenientReader(attribute.Value);
            var isShort = attribute.Value[0] != 0;
            if ((isShort ? BgpFamily.Ipv6Unicast : new BgpFamily(reader.UInt16(), reader.Byte())) != family)
            {
                continue;
            }

            int length = reader.Byte();
            var nextHop = length is 4 or 16 or 32 ? reader.Address(isV6: length != 4) : default;
            reader.Take(length == 32 ? 16 : 0);
            for (var skipped = isShort ? 0 : reader.Byte(); skipped > 0; skipped--)
            {
                reader.Take(reader.Byte());
            }

            routes = new MultiprotocolRoutes(nextHop, length, isShort ? default : reader.Rest);
            return true;
        }

        routes = default;
        return false;
    }

    /// <summary>Finds the withdrawn routes of a family.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFindUnreach(PathAttributeBlock attributes, BgpFamily family, out MultiprotocolRoutes routes)
    {
        foreach (var attribute in attributes)
        {
            var reader = new LenientReader(attribute.Value);
            if (attribute.Type == AttributeType.MpUnreach && new BgpFamily(reader.UInt16(), reader.Byte()) == family)
            {
                routes = new MultiprotocolRoutes(default, 0, reader.Rest);
                return true;
            }
        }

        routes = default;
        return false;
    }
}
