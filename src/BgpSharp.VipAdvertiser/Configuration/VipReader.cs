namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads the VIPs: <c>vip</c> with defaults for all else, or <c>vips</c>.</summary>
internal static class VipReader
{
    public static IReadOnlyList<VipOptions> Read(SettingReader reader, HostFacts host, List<string> problems)
    {
        var common = ReadInterface(reader, Settings.Interface, 0, host, null);
        var positions = reader.Positions("vips");
        if (positions.Count == 0 && !reader.IsGiven(Settings.Vip))
        {
            reader.Miss($"{Settings.Vip.Key} is missing: it has to be {Settings.Vip.Allowed}");
            return [];
        }

        if (positions.Count > 0 && reader.IsGiven(Settings.Vip))
        {
            problems.Add($"{Settings.Vip.Key} and vips are both given: only one may be");
        }

        var vips = new List<VipOptions>();
        foreach (var name in reader.Read(Settings.Vip) ?? [])
        {
            Add(reader, vips, Settings.Vip.Key, new VipOptions
            {
                Name = name.Text,
                Address = name.Address,
                DnsMode = DnsMode.First,
                Interface = common,
                GlobalScope = false,
                SkipDad = false,
                Route = RouteOptions.None,
            });
        }

        foreach (var index in positions)
        {
            var name = reader.Read(VipSettings.Address, index);
            Add(reader, vips, VipSettings.Address.At(index), new VipOptions
            {
                Name = name?.Text ?? string.Empty,
                Address = name?.Address,
                DnsMode = reader.Read(VipSettings.Mode, index),
                Interface = ReadInterface(reader, VipSettings.Interface, index, host, common),
                GlobalScope = reader.Read(VipSettings.Scope, index),
                SkipDad = reader.Read(VipSettings.SkipDad, index),
                Route = VipSettings.Route.Read(reader, index),
            });
        }

        return vips;
    }

    private static void Add(SettingReader reader, List<VipOptions> vips, string key, VipOptions added)
    {
        if (added.Name.Length > 0 && vips.Any(vip => vip.Address is null ? vip.Name.Equals(added.Name, StringComparison.OrdinalIgnoreCase) : vip.Address.Equals(added.Address)))
        {
            reader.Refuse(key, added.Name, "it is there twice");
        }

        vips.Add(added);
    }

    /// <summary>Null for the interface of the default route.</summary>
    private static string? ReadInterface(SettingReader reader, Setting<string> setting, int index, HostFacts host, string? common)
    {
        var name = reader.Read(setting, index);
        if (string.IsNullOrEmpty(name))
        {
            return common;
        }

        if (name == Settings.DefaultRoute)
        {
            return null;
        }

        if (host.FindInterface(name) == 0)
        {
            reader.Refuse(setting.At(index), name, "there is no such interface on this host");
        }

        return name;
    }
}
