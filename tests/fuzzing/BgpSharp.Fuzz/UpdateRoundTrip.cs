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
            return "it cannot be written";
        }

        var written = _output.WrittenSpan;
        IsSameOctets = written.Length == WireLimits.HeaderLength + body.Length && written[WireLimits.HeaderLength..].SequenceEqual(body);
        return IsSameOctets ? null : Difference(update, context);
    }

    private string? Difference(BgpUpdate update, in WireContext context)
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
            : again is [var one] ? Difference(update, one)
            : Changes(update, again);
    }

    // Several messages, or none for what changes nothing.
    private static string? Changes(BgpUpdate update, List<BgpUpdate> again) =>
        update.EndOfRib is not null || again.Exists(one => one.EndOfRib is not null) ? "an End-of-RIB is one message"
        : !update.Withdrawn.SequenceEqual(again.SelectMany(one => one.Withdrawn)) ? "withdrawn routes differ"
        : !update.Announced.SequenceEqual(again.SelectMany(one => one.Announced)) ? "announced routes differ"
        : !update.OtherFamilies.SequenceEqual(again.SelectMany(one => one.OtherFamilies)) ? "other families differ"
        : again.Exists(one => one.Attributes is not null && !WithoutNextHop(one.Attributes).Equals(WithoutNextHop(update.Attributes!))) ? "attributes differ"
        : null;

    // The next hop of a family that is not read here is in its own MP_REACH_NLRI.
    private static BgpRouteAttributes WithoutNextHop(BgpRouteAttributes attributes) =>
        new(attributes) { NextHop = null, LinkLocalNextHop = null };

    private static string? Difference(BgpUpdate update, BgpUpdate again) =>
        !again.Equals(update) ? $"first <{update}>, then <{again}>"
        : again.GetHashCode() != update.GetHashCode() ? "equal UPDATEs have other hashes"
        : null;
}
