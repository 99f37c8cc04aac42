namespace BgpSharp.Hosting.Configuration;

/// <summary>The section of a route. Its keys have the names of the attributes.</summary>
internal static class RouteSection
{
    private static readonly SettingKind<BgpOrigin> Origin = SettingKinds.NameOf<BgpOrigin>();

    public static void ReadAll(IEnumerable<(string Name, SectionReader Reader)> sections, IList<BgpRoute> routes)
    {
        // Routes that share one object travel in one UPDATE.
        HashSet<BgpRouteAttributes> all = [];
        foreach (var (_, reader) in sections)
        {
            if (Read(reader, all) is { } route)
            {
                routes.Add(route);
            }
        }
    }

    private static BgpRoute? Read(SectionReader reader, HashSet<BgpRouteAttributes> all)
    {
        var defaults = BgpRouteAttributes.Default;
        var prefix = reader.ReadRequired(nameof(BgpRoute.Prefix), SettingKinds.Prefix, default);
        var read = new BgpRouteAttributes
        {
            NextHop = reader.TryRead(nameof(defaults.NextHop), SettingKinds.Address, out var nextHop) ? nextHop : null,
            Origin = reader.Read(nameof(defaults.Origin), Origin, defaults.Origin),
            AsPath = reader.Read(nameof(defaults.AsPath), SettingKinds.Path, defaults.AsPath),
            Med = reader.ReadOptional(nameof(defaults.Med), SettingKinds.Metric),
            LocalPref = reader.ReadOptional(nameof(defaults.LocalPref), SettingKinds.Metric),
            Communities = reader.ReadList(nameof(defaults.Communities), SettingKinds.Community) ?? [],
            LargeCommunities = reader.ReadList(nameof(defaults.LargeCommunities), SettingKinds.LargeCommunity) ?? [],
        };
        reader.RefuseUnknown();
        if (!all.TryGetValue(read, out var attributes))
        {
            all.Add(attributes = read);
        }

        if (prefix.IsNone)
        {
            return null;
        }

        var route = new BgpRoute(prefix, attributes);
        if (BgpRouteSet.FindProblem(route) is { } problem)
        {
            reader.Refuse(nameof(defaults.NextHop), $"cannot be used: {problem}");
            return null;
        }

        return route;
    }
}
