using System.Buffers.Binary;
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
    internal WireContext Context;
    internal WireSlice WithdrawnField;
    internal WireSlice AttributesField;
    internal WireSlice NlriField;
    internal WireSlice AsPathValue;
    internal WireSlice As4PathValue;
    internal WireSlice NextHopValue;
    internal WireSlice AggregatorValue;
    internal WireSlice As4AggregatorValue;
    internal WireSlice CommunitiesValue;
    internal WireSlice ClusterListValue;
    internal WireSlice ExtendedCommunitiesValue;
    internal WireSlice Ipv6ExtendedCommunitiesValue;
    internal WireSlice LargeCommunitiesValue;
    internal WireSlice AigpValue;
    internal WireSlice MpReachNextHop;
    internal WireSlice MpReachField;
    internal WireSlice MpUnreachField;
    internal BgpFamily MpReachFamily;
    internal BgpFamily MpUnreachFamily;
    internal uint MedValue;
    internal uint LocalPrefValue;
    internal uint OriginatorIdValue;
    internal uint OnlyToCustomerValue;
    internal BgpOrigin OriginValue;

    // An attribute of a type not known here, or one with the Partial bit: neither is noted by itself.
    internal bool HasUnusual;

    // One bit a type below 64: the attribute is there and may be shown.
    internal ulong Present;

    /// <summary>
    /// Whether the routes announced count as withdrawn (RFC 7606 §2): <see cref="AnnouncedPrefixes"/> is empty and
    /// <see cref="WithdrawnPrefixes"/> has them all. The fields by themselves show what the sender wrote.
    /// </summary>
    public bool IsTreatedAsWithdraw { readonly get; internal set; }

    /// <summary>The prefixes that are no longer reachable: withdrawn routes, then MP_UNREACH_NLRI.</summary>
    public readonly PrefixesView WithdrawnPrefixes => IsTreatedAsWithdraw
        ? new(WithdrawnRoutes, Unicast(MpUnreachNlri), Unicast(MpReachNlri), Nlri)
        : new(WithdrawnRoutes, Unicast(MpUnreachNlri));

    /// <summary>The prefixes announced with these attributes: MP_REACH_NLRI, then NLRI.</summary>
    public readonly PrefixesView AnnouncedPrefixes => IsTreatedAsWithdraw ? default : new(Unicast(MpReachNlri), Nlri);

    /// <summary>The Withdrawn Routes field.</summary>
    public readonly NlriView WithdrawnRoutes => NlriView.Ipv4Unicast(WithdrawnField.Of(Body), Context.AddPathIpv4Unicast);

    /// <summary>The Network Layer Reachability Information field.</summary>
    public readonly NlriView Nlri => NlriView.Ipv4Unicast(NlriField.Of(Body), Context.AddPathIpv4Unicast);

    /// <summary>The routes of MP_REACH_NLRI, of any family; empty, of no family, when there is none.</summary>
    public readonly NlriView MpReachNlri => new(MpReachField.Of(Body), MpReachFamily, Context.HasPathIds(MpReachFamily));

    /// <summary>The routes of MP_UNREACH_NLRI, of any family; empty, of no family, when there is none.</summary>
    public readonly NlriView MpUnreachNlri => new(MpUnreachField.Of(Body), MpUnreachFamily, Context.HasPathIds(MpUnreachFamily));

    /// <summary>All path attributes as they are.</summary>
    public readonly PathAttributesView Attributes => new(AttributesField.Of(Body), Present);

    /// <summary>ORIGIN; null when it is not there, as in a message that only withdraws.</summary>
    public readonly BgpOrigin? Origin => Has(AttributeType.Origin) ? OriginValue : null;

    /// <summary>MULTI_EXIT_DISC; null when it is not there.</summary>
    public readonly uint? Med => Has(AttributeType.Med) ? MedValue : null;

    /// <summary>LOCAL_PREF; null when it is not there, as from every external peer.</summary>
    public readonly uint? LocalPref => Has(AttributeType.LocalPref) ? LocalPrefValue : null;

    /// <summary>Whether ATOMIC_AGGREGATE is there.</summary>
    public readonly bool AtomicAggregate => Has(AttributeType.AtomicAggregate);

    /// <summary>
    /// AGGREGATOR; null when it is not there. On a session of two-octet AS numbers it is AGGREGATOR and AS4_AGGREGATOR
    /// reconciled (RFC 6793 §4.2.3).
    /// </summary>
    public readonly Aggregator? Aggregator => !Has(AttributeType.Aggregator) ? null
        : Has(AttributeType.As4Aggregator) ? ReadAggregator(As4AggregatorValue.Of(Body))
        : ReadAggregator(AggregatorValue.Of(Body));

    /// <summary>The AS path; empty when it is not there.</summary>
    public readonly AsPathView AsPath => new(AsPathValue.Of(Body), As4PathValue.Of(Body), Context.FourOctetAsn ? 4 : 2);

    /// <summary>COMMUNITIES; empty when there are none.</summary>
    public readonly ValuesView<Community> Communities => new(CommunitiesValue.Of(Body));

    /// <summary>EXTENDED COMMUNITIES; empty when there are none.</summary>
    public readonly ValuesView<ExtendedCommunity> ExtendedCommunities => new(ExtendedCommunitiesValue.Of(Body));

    /// <summary>IPv6 address specific extended communities (RFC 5701); empty when there are none.</summary>
    public readonly ValuesView<Ipv6ExtendedCommunity> Ipv6ExtendedCommunities => new(Ipv6ExtendedCommunitiesValue.Of(Body));

    /// <summary>LARGE_COMMUNITY; empty when there are none. A value that is there again means nothing (RFC 8092 §3).</summary>
    public readonly ValuesView<LargeCommunity> LargeCommunities => new(LargeCommunitiesValue.Of(Body));

    /// <summary>ORIGINATOR_ID; null when it is not there, as from every external peer.</summary>
    public readonly BgpIdentifier? OriginatorId => Has(AttributeType.OriginatorId) ? new BgpIdentifier(OriginatorIdValue) : null;

    /// <summary>CLUSTER_LIST, nearest first; empty when it is not there, as from every external peer.</summary>
    public readonly ValuesView<BgpIdentifier> ClusterList => new(ClusterListValue.Of(Body));

    /// <summary>The accumulated IGP metric of AIGP (RFC 7311); null when there is none.</summary>
    public readonly ulong? Aigp => AigpField.ReadMetric(AigpValue.Of(Body));

    /// <summary>ONLY_TO_CUSTOMER (RFC 9234); null when it is not there.</summary>
    public readonly Asn? OnlyToCustomer => Has(AttributeType.OnlyToCustomer) ? new Asn(OnlyToCustomerValue) : null;

    /// <summary>
    /// The next hop, made anew at each call: that of the NLRI field, or else that of MP_REACH_NLRI. Null when there is none.
    /// </summary>
    public readonly IPAddress? NextHop => ToAddress(NextHopValue) ?? ToAddress(MpReachNextHop);

    /// <summary>
    /// The second of two next hops in MP_REACH_NLRI, the link-local one (RFC 2545 §3), made anew at each call and without a
    /// scope; null when there are not two.
    /// </summary>
    public readonly IPAddress? LinkLocalNextHop =>
        MpReachNextHop.Length == 2 * Ipv6Length ? new IPAddress(MpReachNextHop.Of(Body)[Ipv6Length..]) : null;

    private const int Ipv6Length = 16;

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
        var isMultiprotocol = Has(AttributeType.MpUnreach)
            && MpUnreachField.Length == 0 && AttributesField.Length <= bareMpUnreach;
        family = isClassic ? BgpFamily.Ipv4Unicast : MpUnreachFamily;
        return !hasPrefixFields && !IsTreatedAsWithdraw && (isClassic || isMultiprotocol);
    }

    /// <summary>Makes the immutable object to keep.</summary>
    /// <returns>The update.</returns>
    public readonly BgpUpdate ToUpdate() => UpdateMaterializer.ToUpdate(this);

    /// <summary>Shows no routes of MP_REACH_NLRI.</summary>
    internal void HideReach()
    {
        Present &= ~(1UL << AttributeType.MpReach);
        (MpReachFamily, MpReachNextHop, MpReachField) = (default, default, default);
    }

    /// <summary>Shows no routes of MP_UNREACH_NLRI.</summary>
    internal void HideUnreach()
    {
        Present &= ~(1UL << AttributeType.MpUnreach);
        (MpUnreachFamily, MpUnreachField) = (default, default);
    }

    internal readonly bool Has(byte knownType) => (Present & (1UL << knownType)) != 0;

    internal readonly IPAddress? ToAddress(WireSlice slice) => slice.Length switch
    {
        4 => new IPAddress(slice.Of(Body)),
        Ipv6Length or 2 * Ipv6Length => new IPAddress(slice.Of(Body)[..Ipv6Length]),
        _ => null,
    };

    // Multicast prefixes are written the same way, and are no unicast routes.
    private static NlriView Unicast(NlriView field) => field.IsUnicast ? field : default;

    private static Aggregator ReadAggregator(ReadOnlySpan<byte> value) =>
        new(AsPathField.ReadAsn(value, value.Length - 4), new BgpIdentifier(BinaryPrimitives.ReadUInt32BigEndian(value[^4..])));
}
