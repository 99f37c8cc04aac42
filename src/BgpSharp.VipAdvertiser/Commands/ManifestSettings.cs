using System.Globalization;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>The configuration as a manifest carries it: variables, files to mount, and secrets that were moved into files.</summary>
internal sealed class ManifestSettings
{
    private ManifestSettings(AdvertiserOptions options) => Options = options;

    /// <summary>Where passwords and headers lie that the configuration has itself: a manifest is read by many.</summary>
    public const string SecretDirectory = "/etc/bgpsharp-vip";

    public AdvertiserOptions Options { get; }

    /// <summary>Names and values, as the environment has them.</summary>
    public List<(string Name, string Value)> Variables { get; } = [];

    /// <summary>Files of the host that the program reads.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Names of the files under <see cref="SecretDirectory"/>.</summary>
    public List<string> Secrets { get; } = [];

    /// <summary>Keys that each node has to have its own value of.</summary>
    public List<string> LeftOut { get; } = [];

    /// <param name="options">What the sources make.</param>
    /// <param name="sources">Where each key is.</param>
    /// <param name="manyNodes">One text for all nodes: what is a node's own is left out.</param>
    public static ManifestSettings Make(AdvertiserOptions options, ConfigurationSources sources, bool manyNodes)
    {
        var settings = new ManifestSettings(options);
        foreach (var key in sources.Values.Keys.Where(key => sources.Text(key) is not null || Settings.Find(key) is { EmptyIsNone: true }).Order(StringComparer.OrdinalIgnoreCase))
        {
            settings.Add(key, Settings.Find(key)!, sources.Text(key), manyNodes);
        }

        if (options.Gate?.Tls.Kubeconfig is { } kubeconfig && !settings.Files.Contains(kubeconfig))
        {
            settings.Files.Add(kubeconfig);
        }

        return settings;
    }

    private void Add(string key, Setting setting, string? text, bool manyNodes)
    {
        if (setting == PeerSettings.Password || setting == PeerSettings.PasswordVariable)
        {
            var index = key.Split(':')[1];
            var name = $"peer-{index}.password";
            Secrets.Add(name);
            Variables.Add((NameOf(PeerSettings.PasswordFile.At(int.Parse(index, CultureInfo.InvariantCulture))), $"{SecretDirectory}/{name}"));
        }
        else if (setting == OtlpSettings.Headers)
        {
            Secrets.Add("otlp.headers");
            Variables.Add((NameOf(OtlpSettings.HeadersFile.Key), $"{SecretDirectory}/otlp.headers"));
        }
        else if (manyNodes && (setting == Settings.RouterId || setting == PeerSettings.SourceAddress || setting == PeerSettings.Route.NextHopIpv4 || setting == PeerSettings.Route.NextHopIpv6))
        {
            LeftOut.Add(key);
        }
        else
        {
            if (IsFile(setting) && text != "none" && !Files.Contains(text!))
            {
                Files.Add(text!);
            }

            Variables.Add((NameOf(key), text ?? "none"));
        }
    }

    private static bool IsFile(Setting setting) =>
        setting == PeerSettings.PasswordFile || setting == HealthSettings.CaFile || setting == HealthSettings.ClientCertificateFile
        || setting == HealthSettings.ClientKeyFile || setting == HealthSettings.TokenFile || setting == HealthSettings.Kubeconfig
        || setting == OtlpSettings.HeadersFile || setting == OtlpSettings.CaFile || setting == OtlpSettings.ClientCertificateFile || setting == OtlpSettings.ClientKeyFile;

    private static string NameOf(string key) => ConfigurationSources.EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();
}
