using System.Net;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>
/// A received UPDATE (RFC 4271 §4.3) where it lies in the receive buffer. It has passed the checks of RFC 7606, and what
/// they discard does not show. It dies with the call it was given to; <see cref="ToUpdate"/> makes the object to keep.
/// </summary>
public ref struct UpdateView
{
    internal ReadOnlySpan<byte> Body;
    internal WireSlice WithdrawnField;
    internal WireSlice AttributesField;
    internal WireSlice NlriField;
    internal WireSlice AsPathValue;
    internal WireSlice As4PathValue;
    internal WireSlice CommunitiesValue;
    internal WireSlice NextHopValue;
    internal WireSlice MpReachNextHop;
    internal WireSlice MpReachNlri;
    internal WireSlice MpUnreachNlri;
    internal BgpFamily MpReachFamily;
    internal BgpFamily MpUnreachFamily;
    internal AttributeTypeSet Present;
    internal uint MedValue;
    internal uint LocalPrefValue;
    internal BgpOrigin OriginValue;
    internal bool FourOctetAsn;
    internal bool IsTreatedAsWithdraw;

    /// <summary>The prefixes that are no longer reachable: withdrawn routes, then MP_UNREACH_NLRI.</summary>
    public readonly PrefixesView WithdrawnPrefixes => IsTreatedAsWithdraw
        ? new(Withdrawn, MpUnreach, MpReach, Nlri)
        : new(Withdrawn, MpUnreach);

    /// <summary>The prefixes announced with these attributes: MP_REACH_NLRI, then NLRI.</summary>
    public readonly PrefixesView AnnouncedPrefixes => IsTreatedAsWithdraw ? default : new(MpReach, Nlri);

    /// <summary>All path attributes as they are.</summary>
    public readonly PathAttributesView Attributes => new(AttributesField.Of(Body), Present);

    /// <summary>ORIGIN; null when it is not there, as in a message that only withdraws.</summary>
    public readonly BgpOrigin? Origin => Present.Contains(AttributeType.Origin) ? OriginValue : null;

    /// <summary>MULTI_EXIT_DISC; null when it is not there.</summary>
    public readonly uint? Med => Present.Contains(AttributeType.Med) ? MedValue : null;

    /// <summary>LOCAL_PREF; null when it is not there, as from every external peer.</summary>
    public readonly uint? LocalPref => Present.Contains(AttributeType.LocalPref) ? LocalPrefValue : null;

    /// <summary>The AS path; empty when it is not there.</summary>
    public readonly AsPathView AsPath => new(AsPathValue.Of(Body), As4PathValue.Of(Body), FourOctetAsn ? 4 : 2);

    /// <summary>The communities; empty when there are none.</summary>
    public readonly ValuesView<Community> Communities => new(CommunitiesValue.Of(Body));

    /// <summary>
    /// The next hop, made anew at each call: that of the NLRI field, or else that of MP_REACH_NLRI. Null when there is none.
    /// </summary>
    public readonly IPAddress? NextHop => ToAddress(NextHopValue) ?? ToAddress(MpReachNextHop);

    internal readonly PrefixField Withdrawn => new(WithdrawnField.Of(Body), BgpFamily.Ipv4Unicast);

    internal readonly PrefixField Nlri => new(NlriField.Of(Body), BgpFamily.Ipv4Unicast);

    internal readonly PrefixField MpReach => new(MpReachNlri.Of(Body), MpReachFamily);

    internal readonly PrefixField MpUnreach => new(MpUnreachNlri.Of(Body), MpUnreachFamily);

    /// <summary>
    /// The next hop of one family's prefixes, made anew at each call; of two IPv6 addresses the global one (RFC 2545 §3).
    /// </summary>
    /// <param name="family">The family.</param>
    /// <returns>The next hop; null when there is none for that family.</returns>
    public readonly IPAddress? GetNextHop(BgpFamily family)
    {
        var classic = family == BgpFamily.Ipv4Unicast ? ToAddress(NextHopValue) : null;
        return classic ?? (family == MpReachFamily ? ToAddress(MpReachNextHop) : null);
    }

    /// <summary>Whether the message is the End-of-RIB marker (RFC 4724 §2): all routes of a family have been sent.</summary>
    /// <param name="family">The family, when the result is true.</param>
    /// <returns>Whether it is one.</returns>
    public readonly bool IsEndOfRib(out BgpFamily family)
    {
        const int bareMpUnreach = 4 + 3;
        var hasPrefixFields = WithdrawnField.Length > 0 || NlriField.Length > 0;
        var isClassic = Body.Length > 0 && AttributesField.Length == 0;
        var isMultiprotocol = Present.Contains(AttributeType.MpUnreach)
            && MpUnreachNlri.Length == 0 && AttributesField.Length <= bareMpUnreach;
        family = isClassic ? BgpFamily.Ipv4Unicast : MpUnreachFamily;
        return !hasPrefixFields && !IsTreatedAsWithdraw && (isClassic || isMultiprotocol);
    }

    /// <summary>Makes the immutable object to keep.</summary>
    /// <returns>The update.</returns>
    public readonly BgpUpdate ToUpdate() => UpdateMaterializer.ToUpdate(this);

    internal readonly IPAddress? ToAddress(WireSlice slice) => slice.Length switch
    {
        4 => new IPAddress(slice.Of(Body)),
        16 or 32 => new IPAddress(slice.Of(Body)[..16]),
        _ => null,
    };
}
