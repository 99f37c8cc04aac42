namespace BgpSharp.Wire;

/// <summary>
/// MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760 §3, §4). IPv4 and IPv6 unicast are checked to the last octet, other families
/// only framed.
/// </summary>
internal static class MultiprotocolDecoder
{
    public static UpdateRule Reach(ref UpdateView view, in WireContext context, ReadOnlySpan<byte> value, WireSlice slice)
    {
        if (!MpReachView.TryRead(value, context, out var reach)
            || !IsNextHopLength(reach.Family, reach.NextHop.Length)
            || !IsNlri(reach.Nlri))
        {
            return UpdateRule.MultiprotocolMalformed;
        }

        view.MpReachFamily = reach.Family;
        view.MpReachNextHop = new WireSlice(slice.Start + MpReachView.NextHopStart, reach.NextHop.Length);
        view.MpReachField = new WireSlice(slice.End - reach.Nlri.Octets.Length, reach.Nlri.Octets.Length);

        // An IPv4 address is what NEXT_HOP could have said as well.
        return reach.Family == BgpFamily.Ipv4Unicast && reach.NextHop.Length == 4 && !NextHopField.IsHost(reach.NextHop)
            ? UpdateRule.NextHopValue
            : UpdateRule.None;
    }

    public static UpdateRule Unreach(ref UpdateView view, in WireContext context, ReadOnlySpan<byte> value, WireSlice slice)
    {
        if (!MpUnreachView.TryRead(value, context, out var unreach) || !IsNlri(unreach.Nlri))
        {
            return UpdateRule.MultiprotocolMalformed;
        }

        view.MpUnreachFamily = unreach.Family;
        view.MpUnreachField = new WireSlice(slice.End - unreach.Nlri.Octets.Length, unreach.Nlri.Octets.Length);
        return UpdateRule.None;
    }

    // One IPv6 address, or a global and a link-local one (RFC 2545 §3); for IPv4 also an IPv4 address (RFC 8950 §3).
    private static bool IsNextHopLength(BgpFamily family, int length) =>
        family == BgpFamily.Ipv4Unicast ? length is 4 or 16 or 32
        : family != BgpFamily.Ipv6Unicast || length is 16 or 32;

    private static bool IsNlri(NlriView field) => !field.IsUnicast || field.IsWellFormed(out _);
}
