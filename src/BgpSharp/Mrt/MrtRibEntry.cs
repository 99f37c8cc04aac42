using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Mrt;

/// <summary>One route of a <see cref="MrtRib"/> (RFC 6396 §4.3.4, RFC 8050 §4.1). AS numbers in it have four octets.</summary>
public readonly ref struct MrtRibEntry
{
    // The next hop of a full MP_REACH_NLRI lies behind AFI and SAFI (RFC 4760 §3).
    private const int FullFormNextHop = 3;

    private MrtRibEntry(scoped ref MrtFieldReader fields, bool hasPathId, uint pathId)
    {
        PeerIndex = fields.UInt16();
        OriginatedSeconds = fields.UInt32();
        PathId = hasPathId ? fields.UInt32() : pathId;
        Attributes = new PathAttributeBlock(fields.Octets(fields.UInt16()));
    }

    /// <summary>The peer's place in the <see cref="MrtPeerIndexTable"/>; it may be beyond its end.</summary>
    public ushort PeerIndex { get; }

    /// <summary>When the route was received, in seconds since 1970-01-01 UTC.</summary>
    public uint OriginatedSeconds { get; }

    /// <summary>The path identifier; zero in records without them.</summary>
    public uint PathId { get; }

    /// <summary>The path attributes as they are.</summary>
    public PathAttributeBlock Attributes { get; }

    /// <summary>
    /// The octets of the next hop, of MP_REACH_NLRI or else of NEXT_HOP; empty when there is none. Those of IPv6 may be a
    /// global and a link-local address.
    /// </summary>
    public ReadOnlySpan<byte> NextHopOctets
    {
        get
        {
            var nextHop = ReadOnlySpan<byte>.Empty;
            foreach (var attribute in Attributes)
            {
                if (attribute.Type == AttributeType.MpReach)
                {
                    return ReadMultiprotocolNextHop(attribute.Value);
                }

                nextHop = attribute.Type == AttributeType.NextHop ? attribute.Value : nextHop;
            }

            return nextHop;
        }
    }

    /// <summary>The next hop, made anew at each call; of two IPv6 addresses the global one. Null when there is none.</summary>
    public IPAddress? NextHop => NextHopOctets switch
    {
        { Length: 4 } octets => new IPAddress(octets),
        { Length: 16 or 32 } octets => new IPAddress(octets[..16]),
        _ => null,
    };

    /// <summary>
    /// Finds the next hop in an MP_REACH_NLRI of a RIB entry: RFC 6396 §4.3.4 wants only its length and itself there, some
    /// recorders write the attribute as it was received. The first octet of a full one is that of the AFI, which is zero or, as
    /// for BGP-LS, 0x40; no next hop is empty or of 64 octets.
    /// </summary>
    /// <param name="value">The value of the attribute.</param>
    /// <returns>The octets of the next hop; empty when there is none or it is not whole.</returns>
    public static ReadOnlySpan<byte> ReadMultiprotocolNextHop(ReadOnlySpan<byte> value)
    {
        var at = value is [0 or 0x40, ..] ? FullFormNextHop : 0;
        return at < value.Length && at + 1 + value[at] <= value.Length ? value.Slice(at + 1, value[at]) : default;
    }

    internal static MrtRibEntry Read(scoped ref MrtFieldReader fields, bool hasPathId, uint pathId) => new(ref fields, hasPathId, pathId);
}
