using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>The path attributes of an UPDATE: finds them, judges each (RFC 7606 §3 to §7), notes where the values lie.</summary>
internal static class AttributeDecoder
{
    private static readonly (UpdateVerdict, UpdateRule) Accepted = (UpdateVerdict.Accept, UpdateRule.None);

    private static readonly (UpdateVerdict, UpdateRule) ForInternalOnly = (UpdateVerdict.DiscardAttributes, UpdateRule.InternalOnly);

    private static readonly (UpdateVerdict, UpdateRule) ForTwoOctetOnly = (UpdateVerdict.DiscardAttributes, UpdateRule.TwoOctetOnly);

    public static void Decode(ref UpdateView view, in WireContext context, ref UpdateProblem problem)
    {
        var field = view.AttributesField.Of(view.Body);
        AttributeTypeSet seen = default;
        var position = 0;
        while (AttributeHeader.TryRead(field, position, out var header))
        {
            var (verdict, rule) = seen.Add(header.Type)
                ? Judge(ref view, context, header, field[header.ValueStart..header.End])
                : IsMultiprotocol(header.Type) ? (UpdateVerdict.Reset, UpdateRule.MultiprotocolTwice)
                : Accepted;
            if (verdict != UpdateVerdict.Accept)
            {
                // Discarded, or about to be withdrawn: either way its value is not to be shown.
                view.Present.Remove(header.Type);
                Report(ref problem, verdict, rule, header.Type, view.AttributesField.Start + position);
                if (verdict == UpdateVerdict.Reset)
                {
                    return;
                }
            }

            position = header.End;
        }

        if (position != field.Length)
        {
            // What cannot be delimited may be the very attribute that has the prefixes (RFC 7606 §3 j, §4).
            var type = position + 1 < field.Length ? field[position + 1] : (byte)0;
            var verdict = IsMultiprotocol(type) ? UpdateVerdict.Reset : UpdateVerdict.TreatAsWithdraw;
            Report(ref problem, verdict, UpdateRule.AttributeOverrun, type, view.AttributesField.Start + position);
            view.AttributesField = new WireSlice(view.AttributesField.Start, position);
        }

        Conclude(ref view, context, seen, ref problem);
    }

    /// <summary>The checks that need all attributes.</summary>
    private static void Conclude(ref UpdateView view, in WireContext context, in AttributeTypeSet seen, ref UpdateProblem problem)
    {
        if (view.NlriField.Length > 0 || view.MpReachNlri.Length > 0)
        {
            Require(AttributeType.Origin, view, seen, ref problem);
            Require(AttributeType.AsPath, view, seen, ref problem);
            if (view.NlriField.Length > 0)
            {
                Require(AttributeType.NextHop, view, seen, ref problem);
            }

            if (context.IsInternal)
            {
                Require(AttributeType.LocalPref, view, seen, ref problem);
            }
        }
        else if (problem.Verdict == UpdateVerdict.TreatAsWithdraw)
        {
            // Attributes at fault and nothing announced: the prefixes may be what could not be read (RFC 7606 §5.2).
            problem = problem with { Verdict = UpdateVerdict.Reset };
        }

        if (!IsAs4PathUsable(view))
        {
            view.As4PathValue = default;
        }
    }

    private static void Require(byte type, in UpdateView view, in AttributeTypeSet seen, ref UpdateProblem problem)
    {
        if (!seen.Contains(type))
        {
            Report(ref problem, UpdateVerdict.TreatAsWithdraw, UpdateRule.MissingWellKnown, type, view.AttributesField.Start);
        }
    }

    private static (UpdateVerdict Verdict, UpdateRule Rule) Judge(
        ref UpdateView view, in WireContext context, AttributeHeader header, ReadOnlySpan<byte> value)
    {
        const byte kind = AttributeFlags.Optional | AttributeFlags.Transitive;
        view.Present.Add(header.Type);
        if (AttributeType.RequiredFlags(header.Type) is not { } required)
        {
            return (header.Flags & AttributeFlags.Optional) != 0
                ? Accepted
                : (UpdateVerdict.Reset, UpdateRule.UnrecognizedWellKnown);
        }

        var slice = new WireSlice(view.AttributesField.Start + header.ValueStart, header.ValueLength);
        var (verdict, rule) = header.Type switch
        {
            AttributeType.Origin => Origin(ref view, value),
            AttributeType.AsPath => AsPath(ref view, value, slice),
            AttributeType.NextHop => NextHop(ref view, value, slice),
            AttributeType.Med => Number(ref view.MedValue, value),
            AttributeType.LocalPref => context.IsInternal ? Number(ref view.LocalPrefValue, value) : ForInternalOnly,
            AttributeType.AtomicAggregate => value.IsEmpty ? Accepted : (UpdateVerdict.DiscardAttributes, UpdateRule.AttributeLength),
            AttributeType.Aggregator => Aggregator(value, context.FourOctetAsn ? 4 : 2),
            AttributeType.Communities => Communities(ref view, slice),
            AttributeType.OriginatorId => context.IsInternal ? Length(value.Length == 4) : ForInternalOnly,
            AttributeType.ClusterList => context.IsInternal ? Length(IsWholeNumbers(value)) : ForInternalOnly,
            AttributeType.MpReach => MultiprotocolDecoder.Reach(ref view, value, slice),
            AttributeType.MpUnreach => MultiprotocolDecoder.Unreach(ref view, value, slice),
            AttributeType.As4Path => context.FourOctetAsn ? ForTwoOctetOnly : As4Path(ref view, value, slice),
            _ => context.FourOctetAsn ? ForTwoOctetOnly : Aggregator(value, 4),
        };

        // Wrong flags weigh as much as a withdrawal, unless what they are on is to be discarded anyway.
        return (header.Flags & kind) == required || verdict >= UpdateVerdict.TreatAsWithdraw || rule is UpdateRule.InternalOnly or UpdateRule.TwoOctetOnly
            ? (verdict, rule)
            : (UpdateVerdict.TreatAsWithdraw, UpdateRule.AttributeFlags);
    }

    private static (UpdateVerdict, UpdateRule) Length(bool isRight) =>
        isRight ? Accepted : (UpdateVerdict.TreatAsWithdraw, UpdateRule.AttributeLength);

    private static (UpdateVerdict, UpdateRule) Origin(ref UpdateView view, ReadOnlySpan<byte> value)
    {
        if (value.Length != 1)
        {
            return Length(false);
        }

        view.OriginValue = (BgpOrigin)value[0];
        return value[0] <= (byte)BgpOrigin.Incomplete ? Accepted : (UpdateVerdict.TreatAsWithdraw, UpdateRule.OriginValue);
    }

    private static (UpdateVerdict, UpdateRule) AsPath(ref UpdateView view, ReadOnlySpan<byte> value, WireSlice slice)
    {
        var rule = AsPathField.Validate(value, view.FourOctetAsn ? 4 : 2);
        view.AsPathValue = rule == UpdateRule.None ? slice : default;
        return rule == UpdateRule.None ? Accepted : (UpdateVerdict.TreatAsWithdraw, rule);
    }

    private static (UpdateVerdict, UpdateRule) As4Path(ref UpdateView view, ReadOnlySpan<byte> value, WireSlice slice)
    {
        var rule = value.IsEmpty ? UpdateRule.AttributeLength : AsPathField.Validate(value, 4);
        view.As4PathValue = rule == UpdateRule.None ? slice : default;
        return rule == UpdateRule.None ? Accepted : (UpdateVerdict.DiscardAttributes, rule);
    }

    private static (UpdateVerdict, UpdateRule) NextHop(ref UpdateView view, ReadOnlySpan<byte> value, WireSlice slice)
    {
        if (value.Length != 4)
        {
            return Length(false);
        }

        view.NextHopValue = slice;

        // No host has an address in 0/8 or from 224/4 up (RFC 4271 §6.3).
        return value[0] is 0 or >= 224 ? (UpdateVerdict.TreatAsWithdraw, UpdateRule.NextHopValue) : Accepted;
    }

    private static (UpdateVerdict, UpdateRule) Number(ref uint number, ReadOnlySpan<byte> value)
    {
        if (value.Length != 4)
        {
            return Length(false);
        }

        number = BinaryPrimitives.ReadUInt32BigEndian(value);
        return Accepted;
    }

    private static (UpdateVerdict, UpdateRule) Aggregator(ReadOnlySpan<byte> value, int asnOctets) =>
        value.Length != asnOctets + 4 ? (UpdateVerdict.DiscardAttributes, UpdateRule.AttributeLength)
        : AsPathField.ReadAsn(value, asnOctets).Value == 0 ? (UpdateVerdict.DiscardAttributes, UpdateRule.AsZero)
        : Accepted;

    private static (UpdateVerdict, UpdateRule) Communities(ref UpdateView view, WireSlice slice)
    {
        var isRight = slice.Length > 0 && slice.Length % 4 == 0;
        view.CommunitiesValue = isRight ? slice : default;
        return Length(isRight);
    }

    private static bool IsWholeNumbers(ReadOnlySpan<byte> value) => value.Length > 0 && value.Length % 4 == 0;

    private static bool IsMultiprotocol(byte type) => type is AttributeType.MpReach or AttributeType.MpUnreach;

    // An aggregating AS that is not AS_TRANS knows nothing of AS4_PATH, so that this one is stale (RFC 6793 §4.2.3).
    private static bool IsAs4PathUsable(in UpdateView view)
    {
        if (view.As4PathValue.Length == 0 || !view.Present.Contains(AttributeType.Aggregator))
        {
            return true;
        }

        foreach (var attribute in view.Attributes)
        {
            if (attribute.Type == AttributeType.Aggregator)
            {
                return AsPathField.ReadAsn(attribute.Value, 2) == Asn.Trans;
            }
        }

        return true;
    }

    private static void Report(ref UpdateProblem problem, UpdateVerdict verdict, UpdateRule rule, byte type, int offset)
    {
        if (verdict > problem.Verdict)
        {
            problem = new UpdateProblem(verdict, rule, type, offset);
        }
    }
}
