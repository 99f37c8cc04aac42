namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>
/// Where values come from, later wins: OpenTelemetry's variables, the file, kube-vip's environment for <c>manager</c>, the
/// environment, the command line.
/// </summary>
internal sealed class ConfigurationSources
{
    public const string EnvironmentPrefix = "BGPSHARP_";

    /// <summary>The first that exists is read when no other file is named.</summary>
    public static readonly IReadOnlyList<string> DefaultFiles = ["/etc/bgpsharp-vip.yaml", "/etc/bgpsharp-vip.json"];

    private readonly Dictionary<string, SourcedValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _remarks = [];

    private ConfigurationSources()
    {
    }

    /// <summary>Every key that some source has, and its value of the last one.</summary>
    public IReadOnlyDictionary<string, SourcedValue> Values => _values;

    /// <summary>What kube-vip's configuration was made into; null unless it was asked for.</summary>
    public KubeVipSettings? KubeVip { get; private init; }

    /// <summary>What the operator should know of the sources themselves, a line each.</summary>
    public IReadOnlyList<string> Remarks => [.. KubeVip?.Remarks ?? [], .. _remarks];

    /// <summary>The file that is read; null: none.</summary>
    public static string? FileOf(CommandLine commandLine) => commandLine.ConfigFile ?? DefaultFiles.FirstOrDefault(File.Exists);

    /// <summary>Reads the sources; a file that cannot be read is a problem, and its values are missing then.</summary>
    public static ConfigurationSources Read(CommandLine commandLine, HostFacts host, List<string> problems)
    {
        var sources = new ConfigurationSources
        {
            KubeVip = commandLine.IsKubeVip ? KubeVipTranslator.Translate(host.Variables, commandLine, host.FindAddress) : null,
        };
        if (FileOf(commandLine) is { } file)
        {
            SettingsFile.Read(file, sources._values, problems);
        }

        if (sources.KubeVip is { } kubeVip)
        {
            problems.AddRange(kubeVip.Problems);
            sources.Add(kubeVip.Values);
        }

        sources.Add(host.Variables
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => KeyValuePair.Create(
                variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                new SourcedValue(variable.Value, variable.Key))));
        sources.Add(commandLine.Settings.Select(setting => KeyValuePair.Create(setting.Key, new SourcedValue(setting.Value, "the command line"))));
        OtelVariables.AddMissing(host.Variables, sources._values, sources._remarks);
        return sources;
    }

    /// <summary>A key's text; null when no source has it, or the last one without a value.</summary>
    public string? Text(string key) => _values.TryGetValue(key, out var value) && !string.IsNullOrEmpty(value.Text) ? value.Text : null;

    /// <summary>The source that a key's value was taken from, in an operator's words.</summary>
    public string Describe(string key) => _values.TryGetValue(key, out var value) ? value.Source : "default";

    private void Add(IEnumerable<KeyValuePair<string, SourcedValue>> values)
    {
        foreach (var (key, value) in values)
        {
            _values[key] = value;
        }
    }
}
