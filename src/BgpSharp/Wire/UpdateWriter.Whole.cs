using System.Buffers;

namespace BgpSharp.Wire;

public static partial class UpdateWriter
{
    /// <summary>
    /// Writes an UPDATE again. Withdrawn routes, NLRI, MP_REACH_NLRI and MP_UNREACH_NLRI each have a message of their own
    /// (RFC 7606 §5.1), and what exceeds a message goes into the next one; read one after the other, the messages change what
    /// the one they came from changed. An UPDATE that changes nothing has no message: empty it would be an End-of-RIB.
    /// The attributes are written as they are: passing a route on to another peer asks for more (RFC 4271 §5.1).
    /// </summary>
    /// <param name="output">Where to write.</param>
    /// <param name="update">The UPDATE.</param>
    /// <param name="context">What the session agreed on; it has path identifiers where the UPDATE has them.</param>
    /// <returns>
    /// False when attributes leave no room for a route in a message of the session; what was written before that stands.
    /// </returns>
    /// <exception cref="ArgumentException">A path has no path identifier where the session wants one, or has one where it does not.</exception>
    public static bool TryWrite(IBufferWriter<byte> output, BgpUpdate update, in WireContext context)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(update);
        if (update.EndOfRib is { } family)
        {
            output.Advance(WriteEndOfRib(MessageSpan(output, context), family));
            return true;
        }

        return TryWritePaths(output, null, update.WithdrawnPaths, context)
            && TryWritePaths(output, update.Attributes, update.FirstPaths, context)
            && TryWritePaths(output, update.SecondAttributes, update.SecondPaths, context)
            && TryWriteOthers(output, update, context);
    }

    private static bool TryWritePaths(
        IBufferWriter<byte> output, BgpRouteAttributes? attributes, ReadOnlySpan<BgpPath> paths, in WireContext context)
    {
        while (!paths.IsEmpty)
        {
            var family = paths[0].Prefix.Family;
            var count = 1;
            while (count < paths.Length && paths[count].Prefix.Family == family)
            {
                count++;
            }

            var message = MessageSpan(output, context);
            var length = attributes is null
                ? WriteWithdrawals(message, family, paths[..count], context, out var taken)
                : WriteAnnouncements(message, family, attributes, paths[..count], context, out taken);
            if (taken == 0)
            {
                return false;
            }

            output.Advance(length);
            paths = paths[taken..];
        }

        return true;
    }

    private static bool TryWriteOthers(IBufferWriter<byte> output, BgpUpdate update, in WireContext context)
    {
        foreach (var other in update.OtherFamilies)
        {
            // The attributes go with what is announced.
            var attributes = other.Type == AttributeType.MpReach ? update.Attributes : null;
            var message = Limit(MessageSpan(output, context), context);
            var rest = 0;
            if (message.Length < WireLimits.UpdateMinimumLength
                || !AttributeWriter.TryWrite(message[WireLimits.UpdateMinimumLength..], other, out var first)
                || (attributes is not null
                    && !AttributeWriter.TryWrite(message[(WireLimits.UpdateMinimumLength + first)..], attributes, withNextHop: false, context, out rest)))
            {
                return false;
            }

            output.Advance(FinishAttributes(message, first + rest, 0));
        }

        return true;
    }

    private static Span<byte> MessageSpan(IBufferWriter<byte> output, in WireContext context) =>
        output.GetSpan(Math.Clamp(context.MaximumMessageLength, WireLimits.MaximumMessageLength, ushort.MaxValue));
}
