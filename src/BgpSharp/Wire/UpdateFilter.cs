using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Writes a received UPDATE again without some of the prefixes it announces.</summary>
internal static class UpdateFilter
{
    /// <summary>
    /// Writes the body of an UPDATE, one that is not treated as withdrawn. Everything but NLRI and MP_REACH_NLRI stays as
    /// it is.
    /// </summary>
    /// <param name="view">The UPDATE.</param>
    /// <param name="isWanted">Says which prefixes stay.</param>
    /// <param name="body">At least as long as the UPDATE's body.</param>
    /// <returns>The new body's length.</returns>
    public static int Write(in UpdateView view, Func<IpPrefix, bool> isWanted, Span<byte> body)
    {
        // Up to the length of the attributes, which may become less.
        var attributesAt = view.AttributesField.Start;
        view.Body[..attributesAt].CopyTo(body);
        var written = attributesAt;
        var attributes = new PathAttributeBlock(view.AttributesField.Of(view.Body)).GetEnumerator();
        while (true)
        {
            var before = attributes.Rest;
            if (!attributes.MoveNext())
            {
                break;
            }

            var attribute = before[..^attributes.Rest.Length];
            written += attributes.Current.Type == AttributeType.MpReach && view.MpReachNlri.IsUnicast
                ? WriteReach(attribute, attributes.Current, view.MpReachNlri, isWanted, body[written..])
                : Copy(attribute, body[written..]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(body[(attributesAt - 2)..], (ushort)(written - attributesAt));
        return written + WritePrefixes(view.Nlri, isWanted, body[written..]);
    }

    private static int WriteReach(
        ReadOnlySpan<byte> attribute, PathAttributeView reach, NlriView nlri, Func<IpPrefix, bool> isWanted, Span<byte> output)
    {
        var nlriAt = attribute.Length - nlri.Octets.Length;
        attribute[..nlriAt].CopyTo(output);
        var written = nlriAt + WritePrefixes(nlri, isWanted, output[nlriAt..]);
        var header = attribute.Length - reach.Value.Length;
        if ((reach.Flags & AttributeFlags.ExtendedLength) != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)(written - header));
        }
        else
        {
            output[2] = (byte)(written - header);
        }

        return written;
    }

    private static int WritePrefixes(NlriView nlri, Func<IpPrefix, bool> isWanted, Span<byte> output)
    {
        var written = 0;
        var entries = nlri.GetEnumerator();
        while (true)
        {
            var before = entries.Rest;
            if (!entries.MoveNext())
            {
                return written;
            }

            if (isWanted(entries.Current.ToPrefix()))
            {
                written += Copy(before[..^entries.Rest.Length], output[written..]);
            }
        }
    }

    private static int Copy(ReadOnlySpan<byte> octets, Span<byte> output)
    {
        octets.CopyTo(output);
        return octets.Length;
    }
}
