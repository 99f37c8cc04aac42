namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads the export over OTLP.</summary>
internal static class OtlpReader
{
    private static readonly Setting[] OfTls = [OtlpSettings.CaFile, OtlpSettings.ClientCertificateFile, OtlpSettings.ClientKeyFile];

    /// <summary>Null for none.</summary>
    public static OtlpOptions? Read(SettingReader reader, ConfigurationSources sources)
    {
        reader.RefuseTogether([OtlpSettings.Headers, OtlpSettings.HeadersFile]);
        reader.RefuseOneWithoutOther(OtlpSettings.ClientCertificateFile, OtlpSettings.ClientKeyFile);
        var endpoint = reader.Read(OtlpSettings.Endpoint);
        var options = new OtlpOptions
        {
            Endpoint = endpoint!,
            Interval = reader.Read(OtlpSettings.Interval),
            Metrics = reader.Read(OtlpSettings.Metrics),
            Logs = reader.Read(OtlpSettings.Logs),
            Headers = reader.Read(OtlpSettings.Headers) ?? reader.Read(OtlpSettings.HeadersFile),
            Tls = new GateTlsOptions
            {
                CaFile = reader.Read(OtlpSettings.CaFile),
                ClientCertificateFile = reader.Read(OtlpSettings.ClientCertificateFile),
                ClientKeyFile = reader.Read(OtlpSettings.ClientKeyFile),
            },
            ServiceName = reader.Read(OtlpSettings.ServiceName),
            ResourceAttributes = reader.Read(OtlpSettings.ResourceAttributes) ?? [],
            Texts = [.. OtlpSettings.All.Select(setting => sources.Text(setting.Key))],
        };
        if (endpoint is null)
        {
            reader.RemarkUseless($"{OtlpSettings.Endpoint.Key} names no collector", [.. OtlpSettings.All.Where(setting => setting != OtlpSettings.Endpoint)]);
        }
        else if (endpoint.Scheme == Uri.UriSchemeHttp)
        {
            reader.RemarkUseless($"{OtlpSettings.Endpoint.Key} is no https URL", OfTls);
        }

        if (endpoint is not null && !options.Metrics && !options.Logs)
        {
            reader.RemarkUseless($"{OtlpSettings.Metrics.Key} and {OtlpSettings.Logs.Key} are both false", OtlpSettings.Endpoint);
        }

        return endpoint is not null && (options.Metrics || options.Logs) ? options : null;
    }
}
