using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>
/// An UPDATE where it lies (RFC 4271 §4.3): its three fields, read in one pass, without judgement and without allocating.
/// What may be malformed stays unread and is told by the enumerator that meets it. <see cref="UpdateDecoder"/> judges.
/// </summary>
public readonly ref struct UpdateReader
{
    private const int LengthField = 2;

    private readonly ReadOnlySpan<byte> _withdrawn;
    private readonly ReadOnlySpan<byte> _attributes;
    private readonly ReadOnlySpan<byte> _nlri;
    private readonly bool _hasPathIds;

    private UpdateReader(ReadOnlySpan<byte> withdrawn, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> nlri, bool hasPathIds)
    {
        _withdrawn = withdrawn;
        _attributes = attributes;
        _nlri = nlri;
        _hasPathIds = hasPathIds;
    }

    /// <summary>The Withdrawn Routes field: IPv4 unicast.</summary>
    public NlriView Withdrawn => NlriView.Ipv4Unicast(_withdrawn, _hasPathIds);

    /// <summary>The Path Attributes field.</summary>
    public PathAttributeBlock Attributes => new(_attributes);

    /// <summary>The Network Layer Reachability Information field: IPv4 unicast.</summary>
    public NlriView Nlri => NlriView.Ipv4Unicast(_nlri, _hasPathIds);

    /// <summary>Splits the body of an UPDATE into its fields.</summary>
    /// <param name="body">The message without its header of 19 octets.</param>
    /// <param name="context">What was agreed with the sender; whether IPv4 prefixes have path identifiers counts here.</param>
    /// <param name="update">The fields, when the result is true; else empty ones.</param>
    /// <returns>False when the fields' lengths do not fit into the body (RFC 4271 §6.3).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> body, in WireContext context, out UpdateReader update)
    {
        // Withdrawn Routes Length, withdrawn routes, Total Path Attribute Length, attributes; NLRI is what remains.
        if (body.Length >= 2 * LengthField)
        {
            var withdrawnEnd = LengthField + BinaryPrimitives.ReadUInt16BigEndian(body);
            var attributesStart = withdrawnEnd + LengthField;
            if (attributesStart <= body.Length)
            {
                var attributesEnd = attributesStart + BinaryPrimitives.ReadUInt16BigEndian(body[withdrawnEnd..]);
                if (attributesEnd <= body.Length)
                {
                    update = new UpdateReader(
                        body[LengthField..withdrawnEnd], body[attributesStart..attributesEnd], body[attributesEnd..], context.AddPathIpv4Unicast);
                    return true;
                }
            }
        }

        update = default;
        return false;
    }
}
