using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary><c>manifest</c>: a text that runs this program with the configuration it was given.</summary>
internal static class ManifestCommand
{
    public static string Make(string kind, AdvertiserOptions options, ConfigurationSources sources, string version)
    {
        var settings = ManifestSettings.Make(options, sources, manyNodes: kind == "daemonset");
        var lines = kind switch
        {
            "pod" => PodTemplate.Pod(settings, version),
            "daemonset" => PodTemplate.DaemonSet(settings, version),
            _ => SystemdUnit.Make(settings),
        };
        return string.Join('\n', lines) + "\n";
    }
}
