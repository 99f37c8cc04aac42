using System.Net;

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
            var others = Others(view);
            var next = Fill(routes, 0, view.MpReachNlri, view, view.MpReachNextHop, others);
            Fill(routes, next, view.Nlri, view, view.NextHopValue, others);
        }

        return new BgpUpdate(view.WithdrawnPrefixes.ToList(), routes, view.IsEndOfRib(out var family) ? family : null);
    }

    private static int Fill(
        BgpRoute[] routes, int next, NlriView field, in UpdateView view, WireSlice nextHop, IReadOnlyList<RawPathAttribute> others)
    {
        if (field.IsEmpty || !field.IsUnicast)
        {
            return next;
        }

        var attributes = ToAttributes(view, view.ToAddress(nextHop), others);
        foreach (var prefix in new PrefixesView(field))
        {
            routes[next++] = new BgpRoute(prefix, attributes);
        }

        return next;
    }

    private static BgpRouteAttributes ToAttributes(in UpdateView view, IPAddress? nextHop, IReadOnlyList<RawPathAttribute> others) => new()
    {
        Origin = view.OriginValue,
        AsPath = view.AsPath.ToAsPath(),
        NextHop = nextHop,
        Med = view.Med,
        LocalPref = view.LocalPref,
        Communities = view.Communities.ToList(),
        Others = others,
    };

    private static List<RawPathAttribute> Others(in UpdateView view)
    {
        List<RawPathAttribute> others = [];
        foreach (var attribute in view.Attributes)
        {
            if (!AttributeType.IsInterpreted(attribute.Type))
            {
                others.Add(new RawPathAttribute(attribute.Flags, attribute.Type, attribute.Value));
            }
        }

        return others;
    }
}
