using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760 §3, §4). IPv4 and IPv6 unicast are checked to the last octet, other families
/// only framed.
/// </summary>
internal static class MultiprotocolDecoder
{
    private const int FamilyLength = 3;

    public static (UpdateVerdict Verdict, UpdateRule Rule) Reach(ref UpdateView view, ReadOnlySpan<byte> value, WireSlice slice)
    {
        // Family, next hop length, next hop, a reserved octet, NLRI.
        const int beforeNextHop = FamilyLength + 1;
        if (value.Length < beforeNextHop + 1 || value.Length < beforeNextHop + value[FamilyLength] + 1)
        {
            return Malformed;
        }

        var family = ReadFamily(value);
        int nextHopLength = value[FamilyLength];
        var nlriStart = beforeNextHop + nextHopLength + 1;
        if (!IsNextHopLength(family, nextHopLength) || !IsNlri(family, value[nlriStart..]))
        {
            return Malformed;
        }

        view.MpReachFamily = family;
        view.MpReachNextHop = new WireSlice(slice.Start + beforeNextHop, nextHopLength);
        view.MpReachNlri = new WireSlice(slice.Start + nlriStart, slice.Length - nlriStart);
        return (UpdateVerdict.Accept, UpdateRule.None);
    }

    public static (UpdateVerdict Verdict, UpdateRule Rule) Unreach(ref UpdateView view, ReadOnlySpan<byte> value, WireSlice slice)
    {
        if (value.Length < FamilyLength || !IsNlri(ReadFamily(value), value[FamilyLength..]))
        {
            return Malformed;
        }

        view.MpUnreachFamily = ReadFamily(value);
        view.MpUnreachNlri = new WireSlice(slice.Start + FamilyLength, slice.Length - FamilyLength);
        return (UpdateVerdict.Accept, UpdateRule.None);
    }

    private static (UpdateVerdict, UpdateRule) Malformed => (UpdateVerdict.Reset, UpdateRule.MultiprotocolMalformed);

    private static BgpFamily ReadFamily(ReadOnlySpan<byte> value) => new(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]);

    // One IPv6 address, or a global and a link-local one (RFC 2545 §3); for IPv4 also an IPv4 address (RFC 8950 §3).
    private static bool IsNextHopLength(BgpFamily family, int length) =>
        family == BgpFamily.Ipv4Unicast ? length is 4 or 16 or 32
        : family != BgpFamily.Ipv6Unicast || length is 16 or 32;

    private static bool IsNlri(BgpFamily family, ReadOnlySpan<byte> field) =>
        family == BgpFamily.Ipv4Unicast ? NlriField.IsValid(field, isV4: true)
        : family != BgpFamily.Ipv6Unicast || NlriField.IsValid(field, isV4: false);
}
