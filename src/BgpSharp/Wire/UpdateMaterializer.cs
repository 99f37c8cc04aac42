using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Makes objects to keep of an <see cref="UpdateView"/>.</summary>
internal static class UpdateMaterializer
{
    private const ulong Multiprotocol = (1UL << AttributeType.MpReach) | (1UL << AttributeType.MpUnreach);

    public static BgpUpdate ToUpdate(in UpdateView view)
    {
        // Most messages announce prefixes of one field and nothing else.
        if (!view.Nlri.IsEmpty && view.WithdrawnField.Length == 0 && !view.IsTreatedAsWithdraw && (view.Present & Multiprotocol) == 0)
        {
            return new BgpUpdate([], ToArray(view.Nlri), AttributesMaterializer.ToAttributes(view, view.NextHopValue), null);
        }

        if (view.IsEndOfRib(out var family))
        {
            return new BgpUpdate([], [], null, new BgpUpdate.Rest { EndOfRib = family });
        }

        var withdrawn = view.WithdrawnPrefixes.ToArray();
        var announced = view.AnnouncedPrefixes.ToArray();
        var reach = view.MpReachNlri;
        if (announced.Length > 0 && reach.IsUnicast && !reach.IsEmpty)
        {
            return WithMpReach(view, withdrawn, announced, reach.PathCount());
        }

        var others = OtherFamilies(view);
        var attributes = announced.Length > 0 ? AttributesMaterializer.ToAttributes(view, view.NextHopValue)
            : Array.Exists(others, other => other.Type == AttributeType.MpReach) ? AttributesMaterializer.ToAttributes(view, default)
            : null;
        return new BgpUpdate(withdrawn, announced, attributes, others.Length == 0 ? null : new BgpUpdate.Rest { OtherFamilies = others });
    }

    private static BgpPath[] ToArray(NlriView field)
    {
        var paths = new BgpPath[field.PathCount()];
        field.CopyTo(paths);
        return paths;
    }

    // MP_REACH_NLRI comes first, with a next hop of its own.
    private static BgpUpdate WithMpReach(in UpdateView view, BgpPath[] withdrawn, BgpPath[] announced, int reached)
    {
        var attributes = AttributesMaterializer.ToAttributes(view, view.MpReachNextHop);

        // They share what is the same: a message must not cost its attributes twice.
        var second = reached == announced.Length ? null
            : new BgpRouteAttributes(attributes) { NextHop = view.ToAddress(view.NextHopValue), LinkLocalNextHop = null };
        var others = OtherFamilies(view);
        var rest = second is null && others.Length == 0
            ? null
            : new BgpUpdate.Rest { OtherFamilies = others, SecondAttributes = second, SecondStart = reached };
        return new BgpUpdate(withdrawn, announced, attributes, rest);
    }

    private static RawPathAttribute[] OtherFamilies(in UpdateView view)
    {
        var hasReach = view.Has(AttributeType.MpReach) && !view.MpReachNlri.IsUnicast && !(view.IsTreatedAsWithdraw && view.MpReachNlri.IsEmpty);

        // What withdraws nothing would be an End-of-RIB when it is written in a message of its own.
        var hasUnreach = view.Has(AttributeType.MpUnreach) && !view.MpUnreachNlri.IsUnicast && !view.MpUnreachNlri.IsEmpty;
        if (!hasReach && !hasUnreach)
        {
            return [];
        }

        List<RawPathAttribute> others = [];
        foreach (var attribute in view.Attributes)
        {
            if (attribute.Type == AttributeType.MpReach && hasReach)
            {
                others.Add(view.IsTreatedAsWithdraw ? AsUnreach(view.MpReachNlri) : new(attribute.Flags, attribute.Type, attribute.Value));
            }
            else if (attribute.Type == AttributeType.MpUnreach && hasUnreach)
            {
                others.Add(new RawPathAttribute(attribute.Flags, attribute.Type, attribute.Value));
            }
        }

        return [.. others];
    }

    // What was announced counts as withdrawn (RFC 7606 §2): the same routes without the next hop (RFC 4760 §4).
    private static RawPathAttribute AsUnreach(NlriView routes)
    {
        var value = new byte[3 + routes.Octets.Length];
        BinaryPrimitives.WriteUInt16BigEndian(value, routes.Family.Afi);
        value[2] = routes.Family.Safi;
        routes.Octets.CopyTo(value.AsSpan(3));
        return new RawPathAttribute(AttributeFlags.Optional, AttributeType.MpUnreach, value);
    }
}
