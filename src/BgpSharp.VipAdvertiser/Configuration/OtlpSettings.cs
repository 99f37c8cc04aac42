namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The keys of the export over OTLP, <c>otlp</c>.</summary>
internal static class OtlpSettings
{
    private const string OneFile = "a file that can be read";

    public static readonly Setting<Uri?> Endpoint = new("otlp:endpoint", OtlpParsers.Endpoint, "none, or an http or https URL without a query, such as http://198.51.100.20:4318", "",
        "where metrics and logs go by OTLP/HTTP with JSON: to v1/metrics and v1/logs below; when absent, OTEL_EXPORTER_OTLP_ENDPOINT, else nowhere")
    { EmptyIsNone = true };

    public static readonly Setting<TimeSpan> Interval = new("otlp:interval", SettingParsers.Duration, Settings.OneDuration, "60s",
        "the time between two exports of the metrics; when absent, OTEL_METRIC_EXPORT_INTERVAL (milliseconds)");

    public static readonly Setting<bool> Metrics = new("otlp:metrics", SettingParsers.Boolean, "true or false", "true",
        "the metrics are exported; when absent, OTEL_METRICS_EXPORTER");

    public static readonly Setting<bool> Logs = new("otlp:logs", SettingParsers.Boolean, "true or false", "true",
        "the log is exported, from logLevel on; when absent, OTEL_LOGS_EXPORTER");

    public static readonly Setting<OtlpHeaders?> Headers = new("otlp:headers", OtlpParsers.Headers, OtlpParsers.OneHeaderList, "",
        "what goes with each request, such as an Authorization; when absent, otlp:headersFile, else OTEL_EXPORTER_OTLP_HEADERS")
    { IsSecret = true };

    public static readonly Setting<OtlpHeaders?> HeadersFile = new("otlp:headersFile", OtlpParsers.HeadersFile, "a file that can be read, with headers as otlp:headers has them, or one on each line", "",
        "the file with the headers; read for each export");

    public static readonly Setting<string?> CaFile = new("otlp:caFile", HealthParsers.ReadableFile, OneFile, "",
        "the certificates (PEM) that the collector's has to be signed by; when absent, OTEL_EXPORTER_OTLP_CERTIFICATE, else the system's");

    public static readonly Setting<string?> ClientCertificateFile = new("otlp:clientCertificateFile", HealthParsers.ReadableFile, OneFile, "",
        "the client certificate (PEM); when absent, OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE");

    public static readonly Setting<string?> ClientKeyFile = new("otlp:clientKeyFile", HealthParsers.ReadableFile, OneFile, "",
        "the client certificate's key (PEM); when absent, OTEL_EXPORTER_OTLP_CLIENT_KEY");

    public static readonly Setting<string?> ServiceName = new("otlp:serviceName", OtlpParsers.ServiceName, "a text of up to 255 characters", "",
        "the resource attribute service.name; when absent, OTEL_SERVICE_NAME, else bgpsharp-vip");

    public static readonly Setting<IReadOnlyList<(string Name, string Value)>?> ResourceAttributes = new("otlp:resourceAttributes", OtlpParsers.Attributes, "name=value, with commas between and what is no baggage-octet as %XX", "",
        "further resource attributes, or others for service.version, service.instance.id and host.name; when absent, OTEL_RESOURCE_ATTRIBUTES");

    public static readonly IReadOnlyList<Setting> All =
    [
        Endpoint, Interval, Metrics, Logs, Headers, HeadersFile, CaFile, ClientCertificateFile, ClientKeyFile, ServiceName, ResourceAttributes,
    ];
}
