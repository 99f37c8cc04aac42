using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Fuzz;

/// <summary>
/// What is read of an UPDATE, written and read again: the same octets, or messages in the form of RFC 7606 §5.1 that change
/// the same.
/// </summary>
internal sealed class UpdateRoundTrip
{
    private readonly ArrayBufferWriter<byte> _output = new(WireLimits.MaximumMessageLength);

    /// <summary>Whether the last UPDATE came out octet for octet.</summary>
    public bool IsSameOctets { get; private set; }

    /// <summary>What was written last.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    /// <summary>Checks an UPDATE that is not refused; null when what was kept of it survives.</summary>
    public string? Difference(ReadOnlySpan<byte> body, in WireContext context)
    {
        IsSameOctets = false;
        UpdateDecoder.Decode(body, context, out var view, out _);
        var update = view.ToUpdate();

        // What is written may be longer: wide lengths, AS numbers of four octets for all of a merged path.
        _output.ResetWrittenCount();
        if (!UpdateWriter.TryWrite(_output, update, context with { MaximumMessageLength = ushort.MaxValue }))
        {
            // AS4_PATH, written for the whole of a long path, may not fit beside it.
            return body.Length > ushort.MaxValue / 3 ? null : "it cannot be written";
        }

        var written = _output.WrittenSpan;
        IsSameOctets = written.Length == WireLimits.HeaderLength + body.Length && written[WireLimits.HeaderLength..].SequenceEqual(body);
        return IsSameOctets ? null : DifferenceOfWritten(update, context);
    }

    /// <summary>Checks an UPDATE made by hand; null when it survives.</summary>
    public string? Difference(BgpUpdate update, in WireContext context)
    {
        _output.ResetWrittenCount();
        return UpdateWriter.TryWrite(_output, update, context) ? DifferenceOfWritten(update, context) : "it cannot be written";
    }

    private string? DifferenceOfWritten(BgpUpdate update, in WireContext context)
    {
        List<BgpUpdate> again = [];
        var rest = _output.WrittenSpan;
        while (FrameReader.Read(rest, WireLimits.ExtendedMessageLength, out FrameView frame, out _) == FrameStatus.Frame)
        {
            var verdict = UpdateDecoder.Decode(frame.Body, context, out var view, out var problem);
            if (verdict != UpdateVerdict.Accept)
            {
                return $"what was written is not accepted: {problem}";
            }

            again.Add(view.ToUpdate());
            rest = rest[frame.Length..];
        }

        return !rest.IsEmpty ? "what was written is no whole message"
            : again is [var one] && one.Equals(update) ? (one.GetHashCode() == update.GetHashCode() ? null : "equal UPDATEs have other hashes")
            : Changes(update, again, IsPathLost(update, context)) is { } change ? $"{change}, first <{update}>, then <{string.Join(" | ", again)}>"
            : null;
    }

    // Several messages, or none for what changes nothing. A route that is there twice is there.
    private static string? Changes(BgpUpdate update, List<BgpUpdate> again, bool isPathLost) =>
        again.Exists(one => one.EndOfRib != update.EndOfRib) ? "an End-of-RIB"
        : !update.Withdrawn.Distinct().SequenceEqual(again.SelectMany(one => one.Withdrawn).Distinct()) ? "withdrawn routes differ"
        : !Announced([update], isPathLost).SequenceEqual(Announced(again, isPathLost)) ? "announced routes differ"
        : !update.OtherFamilies.SequenceEqual(again.SelectMany(one => one.OtherFamilies)) ? "other families differ"
        : again.Exists(one => one.Attributes is not null && !WithoutNextHop(one.Attributes, isPathLost).Equals(WithoutNextHop(update.Attributes!, isPathLost))) ? "attributes differ"
        : null;

    private static IEnumerable<BgpRoute> Announced(IEnumerable<BgpUpdate> updates, bool isPathLost) => updates
        .SelectMany(one => one.Announced)
        .Select(route => new BgpRoute(route.Prefix, WithoutPath(route.Attributes, isPathLost), route.PathId))
        .Distinct();

    // The next hop of a family that is not read here is in its own MP_REACH_NLRI.
    private static BgpRouteAttributes WithoutNextHop(BgpRouteAttributes attributes, bool isPathLost) =>
        new(WithoutPath(attributes, isPathLost)) { NextHop = null, LinkLocalNextHop = null };

    private static BgpRouteAttributes WithoutPath(BgpRouteAttributes attributes, bool isPathLost) =>
        isPathLost ? new(attributes) { AsPath = default } : attributes;

    // Among numbers of four octets in AS4_PATH there is no place for a confederation, which has no business there anyway
    // (RFC 6793 §4.2.2, RFC 5065 §5).
    private static bool IsPathLost(BgpUpdate update, in WireContext context)
    {
        var (needsAs4Path, hasInnerConfederation, isInside) = (false, false, false);
        foreach (var segment in update.Attributes?.AsPath ?? default)
        {
            var isPlain = segment.Type is AsPathSegmentType.Sequence or AsPathSegmentType.Set;
            hasInnerConfederation |= isInside && !isPlain;
            isInside |= isPlain;
            foreach (var asn in segment.Asns)
            {
                needsAs4Path |= !asn.IsTwoOctet;
            }
        }

        return !context.FourOctetAsn && needsAs4Path && hasInnerConfederation;
    }
}
