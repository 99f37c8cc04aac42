namespace BgpSharp.Wire;

/// <summary>The next hop of MP_REACH_NLRI: an IPv6 address, or one and a link-local one (RFC 2545 §3, RFC 8950 §3).</summary>
internal static class NextHopField
{
    public const int MaximumLength = 32;

    /// <summary>Whether an IPv4 address may be a host's: none is in 0/8 or from 224/4 up (RFC 4271 §6.3).</summary>
    public static bool IsHost(ReadOnlySpan<byte> address) => address[0] is > 0 and < 224;

    /// <summary>Writes it; no octet when the prefixes go into NLRI and NEXT_HOP has the address (IPv4).</summary>
    /// <exception cref="ArgumentException">There is no next hop for the family.</exception>
    public static int Write(Span<byte> destination, BgpFamily family, BgpRouteAttributes attributes)
    {
        if (family == BgpFamily.Ipv4Unicast && attributes.HasIpv4NextHop)
        {
            return 0;
        }

        if (!attributes.HasIpv6NextHop)
        {
            throw new ArgumentException(
                attributes.HasIpv4NextHop
                    ? $"The next hop {attributes.NextHop} is of another family than {family}."
                    : "Attributes need a next hop before they can be sent.",
                nameof(attributes));
        }

        attributes.NextHopBits.Write(destination);
        if (attributes.LinkLocalBits is not { } linkLocal)
        {
            return 16;
        }

        linkLocal.Write(destination[16..]);
        return 32;
    }
}
