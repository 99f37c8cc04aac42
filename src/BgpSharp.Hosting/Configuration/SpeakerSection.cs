namespace BgpSharp.Hosting.Configuration;

/// <summary>The section of a speaker. Its keys have the names of the options.</summary>
internal static class SpeakerSection
{
    public static void Read(SectionReader reader, BgpHostedSpeakerOptions options)
    {
        options.LocalAsn = reader.ReadOptional(nameof(options.LocalAsn), SettingKinds.AsNumber) ?? options.LocalAsn;
        options.RouterId = reader.ReadOptional(nameof(options.RouterId), SettingKinds.Identifier) ?? options.RouterId;
        foreach (var endPoint in reader.ReadList(nameof(options.ListenEndPoints), SettingKinds.EndPoint) ?? [])
        {
            options.ListenEndPoints.Add(endPoint);
        }

        foreach (var (name, peer) in reader.ReadSections(nameof(options.Peers)))
        {
            options.Peers[name] = PeerSection.Read(peer);
        }

        RouteSection.ReadAll(reader.ReadSections(nameof(options.Routes)), options.Routes);
        if (reader.ReadSection(nameof(options.Stop)) is { } stop)
        {
            options.Stop = ReadStop(stop);
        }

        reader.RefuseUnknown();
    }

    private static BgpStopOptions ReadStop(SectionReader reader)
    {
        var defaults = new BgpStopOptions();
        var stop = new BgpStopOptions
        {
            Mode = reader.Read(nameof(defaults.Mode), SettingKinds.NameOf<BgpStopMode>(), defaults.Mode),
            Message = reader.Read<string?>(nameof(defaults.Message), SettingKinds.Text!, null),
            Timeout = reader.Read(nameof(defaults.Timeout), SettingKinds.Time, defaults.Timeout),
            DrainTime = reader.Read(nameof(defaults.DrainTime), SettingKinds.Time, defaults.DrainTime),
            DrainMed = reader.ReadOptional(nameof(defaults.DrainMed), SettingKinds.Metric),
            Linger = reader.Read(nameof(defaults.Linger), SettingKinds.Time, defaults.Linger),
        };
        reader.RefuseUnknown();
        return stop;
    }
}
