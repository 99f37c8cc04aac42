namespace BgpSharp.Wire;

/// <summary>Makes objects to keep of an <see cref="UpdateView"/>.</summary>
internal static class UpdateMaterializer
{
    public static BgpUpdate ToUpdate(in UpdateView view)
    {
        var announced = view.AnnouncedPrefixes;
        var routes = announced.IsEmpty ? [] : new BgpRoute[announced.Count()];
        if (routes.Length > 0)
        {
            var next = Fill(routes, 0, view.MpReachNlri, view, view.MpReachNextHop);
            Fill(routes, next, view.Nlri, view, view.NextHopValue);
        }

        return new BgpUpdate(view.WithdrawnPrefixes.ToArray(), routes, RestOf(view));
    }

    private static int Fill(BgpRoute[] routes, int next, NlriView field, in UpdateView view, WireSlice nextHop)
    {
        if (field.IsEmpty || !field.IsUnicast)
        {
            return next;
        }

        var attributes = AttributesMaterializer.ToAttributes(view, nextHop);
        foreach (var entry in field)
        {
            routes[next++] = new BgpRoute(entry.ToPrefix(), attributes, entry.PathId);
        }

        return next;
    }

    private static BgpUpdate.Rest? RestOf(in UpdateView view)
    {
        if (view.IsEndOfRib(out var family))
        {
            return new BgpUpdate.Rest(family, [], null);
        }

        var hasOtherReach = view.Has(AttributeType.MpReach) && !view.MpReachNlri.IsUnicast;
        var hasOtherUnreach = view.Has(AttributeType.MpUnreach) && !view.MpUnreachNlri.IsUnicast;
        if (!hasOtherReach && !hasOtherUnreach)
        {
            return null;
        }

        List<RawPathAttribute> others = [];
        foreach (var attribute in view.Attributes)
        {
            if ((attribute.Type == AttributeType.MpReach && hasOtherReach) || (attribute.Type == AttributeType.MpUnreach && hasOtherUnreach))
            {
                others.Add(new RawPathAttribute(attribute.Flags, attribute.Type, attribute.Value));
            }
        }

        return new BgpUpdate.Rest(null, [.. others], hasOtherReach ? AttributesMaterializer.ToAttributes(view, default) : null);
    }
}
