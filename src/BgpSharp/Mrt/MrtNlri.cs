namespace BgpSharp.Mrt;

/// <summary>Where one NLRI of a RIB record ends, which its family decides.</summary>
internal static class MrtNlri
{
    /// <summary>
    /// Whether the length of an NLRI can be told: a length in bits for prefixes, labelled and VPN ones, route target
    /// constraints; a type and a length in octets for EVPN and multicast VPN.
    /// </summary>
    public static bool IsDelimited(BgpFamily family) => IsLengthInBits(family) || IsTypeAndLength(family);

    public static ReadOnlySpan<byte> Read(scoped ref MrtFieldReader fields, BgpFamily family)
    {
        var rest = fields.Rest;
        if (IsTypeAndLength(family))
        {
            return fields.Octets(rest.Length < 2 ? 2 : 2 + rest[1]);
        }

        return fields.Octets(rest.IsEmpty ? 1 : 1 + ((rest[0] + 7) / 8));
    }

    private static bool IsLengthInBits(BgpFamily family) => family is { Afi: 1 or 2, Safi: 1 or 2 or 4 or 128 or 129 or 132 };

    private static bool IsTypeAndLength(BgpFamily family) => family is { Afi: 25, Safi: 70 } or { Afi: 1 or 2, Safi: 5 };
}
