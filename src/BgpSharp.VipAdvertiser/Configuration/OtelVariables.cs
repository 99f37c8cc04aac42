using System.Globalization;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>
/// OpenTelemetry's own environment variables as settings, for keys that no other source has. One that cannot be used is remarked
/// and left out, as its specification asks: it may be meant for every program of the node, and must not keep this one from starting.
/// </summary>
internal static class OtelVariables
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_", Endpoint = Prefix + "ENDPOINT", Protocol = Prefix + "PROTOCOL";
    private const string ClientCertificate = Prefix + "CLIENT_CERTIFICATE", ClientKey = Prefix + "CLIENT_KEY";

    private static readonly (string Name, Setting Setting, Func<string, string> Translate)[] Options =
    [
        ("OTEL_METRIC_EXPORT_INTERVAL", OtlpSettings.Interval, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"{text}ms" : string.Empty),
        ("OTEL_METRICS_EXPORTER", OtlpSettings.Metrics, IsOtlp),
        ("OTEL_LOGS_EXPORTER", OtlpSettings.Logs, IsOtlp),
        (Prefix + "HEADERS", OtlpSettings.Headers, Same),
        (Prefix + "CERTIFICATE", OtlpSettings.CaFile, Same),
        ("OTEL_SERVICE_NAME", OtlpSettings.ServiceName, Same),
        ("OTEL_RESOURCE_ATTRIBUTES", OtlpSettings.ResourceAttributes, Same),
    ];

    /// <summary>Traces are none of ours; the others say what is so anyway.</summary>
    private static readonly string[] OfOthers = [Prefix + "TRACES_", Prefix + "PROFILES_", Prefix + "INSECURE", Endpoint, Protocol, ClientCertificate, ClientKey];

    public static void AddMissing(IReadOnlyDictionary<string, string> variables, Dictionary<string, SourcedValue> values, List<string> remarks)
    {
        if (bool.TryParse(Text(variables, "OTEL_SDK_DISABLED"), out var isDisabled) && isDisabled)
        {
            return;
        }

        var isOn = values.TryGetValue(OtlpSettings.Endpoint.Key, out var own) ? own.Text is not (null or "" or "none") : TryTakeEndpoint(variables, values, remarks);
        if (isOn)
        {
            foreach (var (name, setting, translate) in Options)
            {
                if (!values.ContainsKey(setting.Key))
                {
                    Take(variables, name, setting, translate, values, remarks);
                }
            }

            TakeClientCertificate(variables, values, remarks);
        }

        string[] ignored = [.. variables.Where(variable => variable.Value.Length > 0 && IsIgnored(variable.Key, isOn)).Select(variable => variable.Key).Order(StringComparer.Ordinal)];
        if (ignored.Length > 0)
        {
            remarks.Add($"not applied here: {string.Join(", ", ignored)}; otlp:endpoint is for metrics and logs, and --help lists what else there is");
        }
    }

    private static bool TryTakeEndpoint(IReadOnlyDictionary<string, string> variables, Dictionary<string, SourcedValue> values, List<string> remarks)
    {
        if (Text(variables, Endpoint) is null)
        {
            return false;
        }

        switch (Text(variables, Protocol)?.ToLowerInvariant())
        {
            case "grpc":
                remarks.Add($"{Protocol} is 'grpc': it has to be http/json, so nothing is exported to {Endpoint}; give {OtlpSettings.Endpoint.Key} the collector's OTLP/HTTP URL, mostly that of port 4318");
                return false;
            case not (null or "http/json"):
                remarks.Add($"{Protocol} is '{Text(variables, Protocol)}': http/json is what is sent, which collectors take at the same URL");
                break;
        }

        return Take(variables, Endpoint, OtlpSettings.Endpoint, Same, values, remarks);
    }

    /// <summary>Neither is of use alone.</summary>
    private static void TakeClientCertificate(IReadOnlyDictionary<string, string> variables, Dictionary<string, SourcedValue> values, List<string> remarks)
    {
        if (values.ContainsKey(OtlpSettings.ClientCertificateFile.Key) || values.ContainsKey(OtlpSettings.ClientKeyFile.Key))
        {
            return;
        }

        string[] given = [.. new[] { ClientCertificate, ClientKey }.Where(name => Text(variables, name) is not null)];
        if (given.Length == 1)
        {
            remarks.Add($"{given[0]} is left out: {ClientCertificate} and {ClientKey} belong together");
        }
        else if (given.Length == 2
            && Take(variables, ClientCertificate, OtlpSettings.ClientCertificateFile, Same, values, remarks) && !Take(variables, ClientKey, OtlpSettings.ClientKeyFile, Same, values, remarks))
        {
            values.Remove(OtlpSettings.ClientCertificateFile.Key);
        }
    }

    private static bool Take(
        IReadOnlyDictionary<string, string> variables, string name, Setting setting, Func<string, string> translate, Dictionary<string, SourcedValue> values, List<string> remarks)
    {
        if (Text(variables, name) is not { } text || (setting == OtlpSettings.Headers && values.ContainsKey(OtlpSettings.HeadersFile.Key)))
        {
            return false;
        }

        var translated = translate(text);
        if (translated.Length == 0 || !setting.Accepts(translated))
        {
            remarks.Add($"{name} is left out, it is '{Masked.Of(setting, text)}': it has to be {(setting == OtlpSettings.Interval ? "a number of milliseconds up to 3600000, at least 10" : setting.Allowed)}");
            return false;
        }

        values[setting.Key] = new SourcedValue(translated, name);
        return true;
    }

    private static bool IsIgnored(string name, bool isOn)
    {
        var isOfExporter = name.StartsWith(Prefix, StringComparison.Ordinal)
            && !Array.Exists(OfOthers, other => other.EndsWith('_') ? name.StartsWith(other, StringComparison.Ordinal) : name == other) && !Array.Exists(Options, option => option.Name == name);
        return isOn
            ? isOfExporter || name == "OTEL_METRIC_EXPORT_TIMEOUT" || name.StartsWith("OTEL_BLRP_", StringComparison.Ordinal)
            : isOfExporter && name.EndsWith("_ENDPOINT", StringComparison.Ordinal);
    }

    /// <summary>One that is empty is as if it were not there.</summary>
    private static string? Text(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private static string IsOtlp(string text) => text.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase) ? "true" : "false";

    private static string Same(string text) => text;
}
