using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// The path attributes of an UPDATE: finds them, judges each by its own rules (RFC 7606 §3 to §7), notes where the values
/// lie. What a broken rule leads to is <see cref="AttributeFault"/>'s business.
/// </summary>
internal struct AttributeDecoder
{
    private const int NoOffset = -1;

    private readonly WireContext _context;
    private AttributeTypeSet _seen;
    private AttributeFault _fault;

    // NEXT_HOP's odd address matters only if it is the next hop of anything.
    private int _oddNextHopAt;

    private AttributeDecoder(in WireContext context)
    {
        _context = context;
        _oddNextHopAt = NoOffset;
    }

    public static void Decode(ref UpdateView view, in WireContext context, PathAttributeBlock attributes, ref UpdateProblem problem)
    {
        var decoder = new AttributeDecoder(context);
        decoder.DecodeAll(ref view, attributes);
        problem = decoder._fault.Problem;
    }

    private void DecodeAll(ref UpdateView view, PathAttributeBlock block)
    {
        var start = view.AttributesField.Start;
        var attributes = block.GetEnumerator();
        var position = 0;
        while (attributes.MoveNext())
        {
            var attribute = attributes.Current;
            var end = block.Octets.Length - attributes.Rest.Length;
            var rule = _seen.Add(attribute.Type)
                ? Judge(ref view, attribute, new WireSlice(start + end - attribute.Value.Length, attribute.Value.Length), start + position)
                : OfRepetition(attribute.Type);
            if (rule != UpdateRule.None)
            {
                _fault.Report(ref view, _context, rule, attribute, start + position);
                if (_fault.Problem.Verdict == UpdateVerdict.Reset)
                {
                    return;
                }
            }

            position = end;
        }

        if (position != block.Octets.Length)
        {
            var type = attributes.Rest.Length > 1 ? attributes.Rest[1] : (byte)0;
            _fault.ReportOverrun(ref view, type, start + position);
        }

        view.Present = _seen.Low & ~_fault.Hidden;
        Conclude(ref view);
    }

    /// <summary>The checks that need all attributes.</summary>
    private void Conclude(ref UpdateView view)
    {
        var announces = view.NlriField.Length > 0 || view.MpReachField.Length > 0;
        if (announces)
        {
            const ulong always = (1UL << AttributeType.Origin) | (1UL << AttributeType.AsPath);
            var required = always
                | (view.NlriField.Length > 0 ? 1UL << AttributeType.NextHop : 0)
                | (_context.IsInternal ? 1UL << AttributeType.LocalPref : 0);
            _fault.ReportMissing(required & ~_seen.Low, view.AttributesField.Start);
        }

        // A message whose only announcements are in MP_REACH_NLRI has no use for NEXT_HOP (RFC 4760 §3).
        if (_oddNextHopAt != NoOffset && (view.NlriField.Length > 0 || !view.Has(AttributeType.MpReach)))
        {
            _fault.ReportNextHop(ref view, _oddNextHopAt);
        }

        _fault.Conclude(ref view, announces);
        if (!_context.FourOctetAsn)
        {
            DropStaleAs4(ref view);
        }
    }

    // Of both aggregators, one that is not AS_TRANS knew nothing of AS4_PATH and AS4_AGGREGATOR (RFC 6793 §4.2.3). AGGREGATOR
    // alone says nothing of the path: a true number of two octets has no AS4_AGGREGATOR beside it (RFC 6793 §4.2.2).
    private static void DropStaleAs4(ref UpdateView view)
    {
        if (view.Has(AttributeType.Aggregator) && view.Has(AttributeType.As4Aggregator)
            && AsPathField.ReadAsn(view.AggregatorValue.Of(view.Body), 2) != Asn.Trans)
        {
            view.As4PathValue = default;
            view.As4AggregatorValue = default;
            view.Present &= ~((1UL << AttributeType.As4Path) | (1UL << AttributeType.As4Aggregator));
        }
    }

    private static UpdateRule OfRepetition(byte type) =>
        type is AttributeType.MpReach or AttributeType.MpUnreach ? UpdateRule.MultiprotocolTwice : UpdateRule.None;

    private UpdateRule Judge(ref UpdateView view, PathAttributeView attribute, WireSlice slice, int offset)
    {
        var required = AttributeType.RequiredFlags(attribute.Type);
        view.HasUnusual |= required == 0 || (attribute.Flags & AttributeFlags.Partial) != 0;
        if (required == 0)
        {
            return (attribute.Flags & AttributeFlags.Optional) != 0 ? UpdateRule.None : UpdateRule.UnrecognizedWellKnown;
        }

        var rule = JudgeValue(ref view, attribute.Type, attribute.Value, slice, offset);

        // Wrong flags weigh as much as a withdrawal, unless what they are on is to be discarded anyway.
        const byte kind = AttributeFlags.Optional | AttributeFlags.Transitive;
        return (attribute.Flags & kind) == required ? rule : AttributeFault.WithWrongFlags(rule, attribute.Type);
    }

    private UpdateRule JudgeValue(ref UpdateView view, byte type, ReadOnlySpan<byte> value, WireSlice slice, int offset)
    {
        switch (type)
        {
            case AttributeType.Origin:
                view.OriginValue = value.Length == 1 ? (BgpOrigin)value[0] : default;
                return value.Length != 1 ? UpdateRule.AttributeLength
                    : value[0] <= (byte)BgpOrigin.Incomplete ? UpdateRule.None : UpdateRule.OriginValue;
            case AttributeType.AsPath:
                view.AsPathValue = slice;
                return AsPathField.Validate(value, _context.FourOctetAsn ? 4 : 2, _context);
            case AttributeType.NextHop:
                view.NextHopValue = slice;
                _oddNextHopAt = value.Length == 4 && !NextHopField.IsHost(value) ? offset : NoOffset;
                return Length(value.Length == 4);
            case AttributeType.Med:
                return Number(value, out view.MedValue);
            case AttributeType.LocalPref:
                return _context.IsInternal ? Number(value, out view.LocalPrefValue) : UpdateRule.InternalOnly;
            case AttributeType.AtomicAggregate:
                return Length(value.IsEmpty);
            case AttributeType.Aggregator:
                view.AggregatorValue = slice;
                return Aggregator(value, _context.FourOctetAsn ? 4 : 2);
            case AttributeType.Communities:
                view.CommunitiesValue = slice;
                return List(value, 4);
            case AttributeType.OriginatorId:
                return _context.IsInternal ? Number(value, out view.OriginatorIdValue) : UpdateRule.InternalOnly;
            case AttributeType.ClusterList:
                view.ClusterListValue = slice;
                return _context.IsInternal ? List(value, 4) : UpdateRule.InternalOnly;
            case AttributeType.MpReach:
                return MultiprotocolDecoder.Reach(ref view, _context, value, slice);
            case AttributeType.MpUnreach:
                return MultiprotocolDecoder.Unreach(ref view, _context, value, slice);
            case AttributeType.ExtendedCommunities:
                view.ExtendedCommunitiesValue = slice;
                return List(value, 8);
            case AttributeType.As4Path:
                view.As4PathValue = slice;
                return _context.FourOctetAsn ? UpdateRule.TwoOctetOnly
                    : value.IsEmpty ? UpdateRule.AttributeLength

                    // Segments of a confederation are passed over here, whoever sends them (RFC 6793 §6).
                    : AsPathField.Validate(value, 4, _context with { RefuseConfederationSegments = false });
            case AttributeType.As4Aggregator:
                view.As4AggregatorValue = slice;
                return _context.FourOctetAsn ? UpdateRule.TwoOctetOnly : Aggregator(value, 4);
            case AttributeType.Ipv6ExtendedCommunities:
                view.Ipv6ExtendedCommunitiesValue = slice;
                return List(value, 20);
            case AttributeType.Aigp:
                view.AigpValue = slice;
                return _context.RefuseAigp ? UpdateRule.InternalOnly : Aigp(value);
            case AttributeType.LargeCommunities:
                view.LargeCommunitiesValue = slice;
                return List(value, 12);
            default:
                return Number(value, out view.OnlyToCustomerValue);
        }
    }

    private static UpdateRule Length(bool isRight) => isRight ? UpdateRule.None : UpdateRule.AttributeLength;

    private static UpdateRule List(ReadOnlySpan<byte> value, int octetsEach) =>
        Length(value.Length > 0 && value.Length % octetsEach == 0);

    private static UpdateRule Number(ReadOnlySpan<byte> value, out uint number)
    {
        number = value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0;
        return Length(value.Length == 4);
    }

    // The largest metric stands for none (RFC 7311 §3.2).
    private static UpdateRule Aigp(ReadOnlySpan<byte> value) =>
        value.IsEmpty || !AigpField.TryFindMetric(value, out _) ? UpdateRule.AttributeLength
        : AigpField.ReadMetric(value) == ulong.MaxValue ? UpdateRule.AigpValue
        : UpdateRule.None;

    private static UpdateRule Aggregator(ReadOnlySpan<byte> value, int asnOctets) =>
        value.Length != asnOctets + 4 ? UpdateRule.AttributeLength
        : AsPathField.ReadAsn(value, asnOctets).Value == 0 ? UpdateRule.AsZero
        : UpdateRule.None;
}
