using System.Buffers.Binary;
using System.Numerics;

namespace BgpSharp.Wire;

/// <summary>What broken rules lead to (RFC 7606): keeps the worst, and what is not to be shown.</summary>
internal struct AttributeFault
{
    private UpdateProblem _problem;
    private bool _isTreatedAsWithdraw;
    private bool _isMalformed;

    public readonly UpdateProblem Problem => _problem;

    /// <summary>One bit a type below 64: its value is discarded, or about to be withdrawn; either way it is not to be shown.</summary>
    public ulong Hidden { get; private set; }

    /// <summary>The rule to report for an attribute whose flags are wrong too: the one that weighs more (RFC 7606 §3 c).</summary>
    public static UpdateRule WithWrongFlags(UpdateRule rule, byte type) =>
        rule is UpdateRule.InternalOnly or UpdateRule.TwoOctetOnly || VerdictOf(rule, type) >= OfWrongFlags(type)
            ? rule
            : UpdateRule.AttributeFlags;

    /// <summary>Notes a rule that an attribute broke.</summary>
    public void Report(ref UpdateView view, in WireContext context, UpdateRule rule, PathAttributeView attribute, int offset)
    {
        var verdict = VerdictOf(rule, attribute.Type);
        BgpFamily family = default;
        if (rule is UpdateRule.MultiprotocolMalformed or UpdateRule.AttributeFlags && verdict == UpdateVerdict.Reset
            && context.PreferDisableFamily && CanDisable(attribute.Value, out family))
        {
            verdict = UpdateVerdict.DisableFamily;
            HidePrefixes(ref view, attribute.Type);
        }

        Hide(ref view, attribute.Type);
        Report(verdict, rule, attribute.Type, offset, family);
    }

    /// <summary>Notes that the last attribute goes beyond the field.</summary>
    public void ReportOverrun(ref UpdateView view, byte type, int offset)
    {
        // What cannot be delimited may be the very attribute that has the prefixes (RFC 7606 §3 j, §4).
        var verdict = type is AttributeType.MpReach or AttributeType.MpUnreach ? UpdateVerdict.Reset : UpdateVerdict.TreatAsWithdraw;
        Report(verdict, UpdateRule.AttributeOverrun, type, offset);
        view.AttributesField = new WireSlice(view.AttributesField.Start, offset - view.AttributesField.Start);
    }

    /// <summary>Notes well-known attributes that should be there.</summary>
    /// <param name="missing">One bit a type.</param>
    /// <param name="offset">Where the attributes begin.</param>
    public void ReportMissing(ulong missing, int offset)
    {
        if (missing != 0)
        {
            Report(UpdateVerdict.TreatAsWithdraw, UpdateRule.MissingWellKnown, (byte)BitOperations.TrailingZeroCount(missing), offset);
        }
    }

    /// <summary>Notes that NEXT_HOP is no host's address.</summary>
    public void ReportNextHop(ref UpdateView view, int offset)
    {
        view.Present &= ~(1UL << AttributeType.NextHop);
        view.NextHopValue = default;
        Report(UpdateVerdict.TreatAsWithdraw, UpdateRule.NextHopValue, AttributeType.NextHop, offset);
    }

    /// <summary>The last word, when all has been reported.</summary>
    public void Conclude(ref UpdateView view, bool announces)
    {
        if (_isMalformed && !announces && _problem.Verdict == UpdateVerdict.TreatAsWithdraw)
        {
            // Attributes at fault and nothing announced: the prefixes may be what could not be read (RFC 7606 §5.2).
            _problem = new UpdateProblem(UpdateVerdict.Reset, _problem.Rule, _problem.AttributeType, _problem.Offset);
        }

        view.IsTreatedAsWithdraw = _isTreatedAsWithdraw;
    }

    private void Report(UpdateVerdict verdict, UpdateRule rule, byte type, int offset, BgpFamily family = default)
    {
        _isTreatedAsWithdraw |= verdict == UpdateVerdict.TreatAsWithdraw;
        _isMalformed |= verdict == UpdateVerdict.TreatAsWithdraw && rule is not (UpdateRule.AsSet or UpdateRule.ConfederationSegment);
        if (verdict == UpdateVerdict.DisableFamily && _problem.Verdict == UpdateVerdict.DisableFamily && family != _problem.Family)
        {
            verdict = UpdateVerdict.Reset;
        }

        if (verdict > _problem.Verdict)
        {
            _problem = new UpdateProblem(verdict, rule, type, offset, verdict == UpdateVerdict.DisableFamily ? family : default);
        }
    }

    private void Hide(ref UpdateView view, byte type)
    {
        Hidden |= type < 64 ? 1UL << type : 0;
        switch (type)
        {
            case AttributeType.AsPath: view.AsPathValue = default; break;
            case AttributeType.NextHop: view.NextHopValue = default; break;
            case AttributeType.Communities: view.CommunitiesValue = default; break;
            case AttributeType.ClusterList: view.ClusterListValue = default; break;
            case AttributeType.ExtendedCommunities: view.ExtendedCommunitiesValue = default; break;
            case AttributeType.As4Path: view.As4PathValue = default; break;
            case AttributeType.Ipv6ExtendedCommunities: view.Ipv6ExtendedCommunitiesValue = default; break;
            case AttributeType.Aigp: view.AigpValue = default; break;
            case AttributeType.LargeCommunities: view.LargeCommunitiesValue = default; break;
            default: break;
        }
    }

    // Wrong flags do not keep prefixes from being read, but nobody may use them.
    private static void HidePrefixes(ref UpdateView view, byte type)
    {
        if (type == AttributeType.MpReach)
        {
            view.HideReach();
        }
        else
        {
            view.HideUnreach();
        }
    }

    // Classic IPv4 routes also travel outside the multiprotocol attributes: there is no giving them up.
    private static bool CanDisable(ReadOnlySpan<byte> value, out BgpFamily family)
    {
        family = value.Length < MpUnreachView.NlriStart ? default : new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]);
        return family != default && family != BgpFamily.Ipv4Unicast;
    }

    private static UpdateVerdict VerdictOf(UpdateRule rule, byte type) => rule switch
    {
        UpdateRule.None => UpdateVerdict.Accept,
        UpdateRule.UnrecognizedWellKnown or UpdateRule.MultiprotocolTwice or UpdateRule.MultiprotocolMalformed => UpdateVerdict.Reset,
        UpdateRule.InternalOnly or UpdateRule.TwoOctetOnly => UpdateVerdict.DiscardAttributes,
        UpdateRule.AttributeFlags => OfWrongFlags(type),
        UpdateRule.AsSet or UpdateRule.ConfederationSegment => UpdateVerdict.TreatAsWithdraw,
        _ => IsDispensable(type) ? UpdateVerdict.DiscardAttributes : UpdateVerdict.TreatAsWithdraw,
    };

    // What wrong flags make of it, where the attribute's own rules say otherwise (RFC 7606 §3 c and §5.3, RFC 7311 §3.2).
    private static UpdateVerdict OfWrongFlags(byte type) => type switch
    {
        AttributeType.MpReach or AttributeType.MpUnreach => UpdateVerdict.Reset,
        AttributeType.Aigp => UpdateVerdict.DiscardAttributes,
        _ => UpdateVerdict.TreatAsWithdraw,
    };

    // Attributes without a say in route selection or policy (RFC 7606 §7.6 and §7.7, RFC 6793 §6, RFC 7607 §2, RFC 7311 §3).
    private static bool IsDispensable(byte type) => type
        is AttributeType.AtomicAggregate or AttributeType.Aggregator or AttributeType.As4Path or AttributeType.As4Aggregator
        or AttributeType.Aigp;
}
