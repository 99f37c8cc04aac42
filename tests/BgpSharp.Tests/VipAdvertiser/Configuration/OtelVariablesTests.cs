namespace BgpSharp.Tests.VipAdvertiser.Configuration;

/// <summary>OpenTelemetry's environment variables: taken where they can be, said where not, and never a reason not to start.</summary>
public sealed class OtelVariablesTests : ConfigurationReading
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Url = "https://collector.example:4318";

    [Fact]
    public void They_are_taken_for_what_no_other_source_has()
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
        SetVariable("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=s3cret");
        SetVariable("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/hostname");
        SetVariable("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/etc/hostname");
        SetVariable("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/etc/hostname");
        SetVariable("OTEL_METRIC_EXPORT_INTERVAL", "5000");
        SetVariable("OTEL_LOGS_EXPORTER", "none");
        SetVariable("OTEL_METRICS_EXPORTER", "prometheus, OTLP");
        SetVariable("OTEL_SERVICE_NAME", "edge");
        SetVariable("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=prod");
        SetVariable("OTEL_TRACES_EXPORTER", "otlp");

        var options = ReadGood(Least);

        var otlp = options.Otlp!;
        otlp.Endpoint.Should().Be(new Uri(Url));
        otlp.Headers!.Read().Should().Equal(("Api-Key", "s3cret"));
        (otlp.Tls.CaFile, otlp.Tls.ClientCertificateFile, otlp.Tls.ClientKeyFile).Should().Be(("/etc/hostname", "/etc/hostname", "/etc/hostname"));
        otlp.Interval.Should().Be(TimeSpan.FromSeconds(5));
        (otlp.Metrics, otlp.Logs).Should().Be((true, false));
        otlp.ServiceName.Should().Be("edge");
        otlp.ResourceAttributes.Should().Equal(("deployment.environment.name", "prod"));
        options.Remarks.Should().BeEmpty();
    }

    [Fact]
    public void The_hosts_own_settings_win_wherever_they_are_from()
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_METRIC_EXPORT_INTERVAL", "5000");
        SetVariable("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=s3cret");
        SetVariable("BGPSHARP_OTLP__INTERVAL", "20s");

        var otlp = ReadGood(Least.TrimEnd()[..^1] + """, "otlp": { "endpoint": "http://198.51.100.20:4318" } }""", "--otlp:headersFile", "/etc/os-release").Otlp!;

        otlp.Endpoint.Should().Be(new Uri("http://198.51.100.20:4318"));
        otlp.Interval.Should().Be(TimeSpan.FromSeconds(20));
        otlp.Headers!.Read().Should().NotContain(header => header.Name == "Api-Key");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public void An_endpoint_that_is_turned_off_stays_off(string endpoint)
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_METRIC_EXPORT_INTERVAL", "soon");

        var options = ReadGood(Least, $"--otlp:endpoint={endpoint}");

        options.Otlp.Should().BeNull();
        options.Remarks.Should().BeEmpty();
    }

    [Fact]
    public void An_SDK_that_is_disabled_exports_nothing_and_the_hosts_own_endpoint_does()
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_SDK_DISABLED", "TRUE");

        ReadGood(Least).Otlp.Should().BeNull();
        ReadGood(Least, "--otlp:endpoint", Url).Otlp.Should().NotBeNull();
    }

    [Fact]
    public void A_collector_for_gRPC_gets_nothing_and_it_is_said_what_is_needed()
    {
        SetVariable(Endpoint, "http://collector.example:4317");
        SetVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

        var options = ReadGood(Least);

        options.Otlp.Should().BeNull();
        options.Remarks.Should().Equal(
            "OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc': it has to be http/json, so nothing is exported to OTEL_EXPORTER_OTLP_ENDPOINT; give otlp:endpoint the collector's OTLP/HTTP URL, mostly that of port 4318");
        ReadGood(Least, "--otlp:endpoint", Url).Remarks.Should().BeEmpty("who names the collector here knows what is sent");
    }

    [Fact]
    public void Protobuf_over_HTTP_is_sent_as_JSON_to_the_same_URL()
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");

        var options = ReadGood(Least);

        options.Otlp!.Endpoint.Should().Be(new Uri(Url));
        options.Remarks.Should().Equal("OTEL_EXPORTER_OTLP_PROTOCOL is 'http/protobuf': http/json is what is sent, which collectors take at the same URL");
    }

    [Theory]
    [InlineData(Endpoint, "collector.example:4318", "none, or an http or https URL without a query, such as http://198.51.100.20:4318")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "60s", "a number of milliseconds up to 3600000, at least 10")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0", "a number of milliseconds up to 3600000, at least 10")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/nonexistent", "a file that can be read")]
    public void What_cannot_be_used_is_left_out_and_said_with_name_value_and_what_is_allowed(string name, string value, string allowed)
    {
        SetVariable(Endpoint, Url);
        SetVariable(name, value);

        var options = ReadGood(Least);

        options.Remarks.Should().Equal($"{name} is left out, it is '{value}': it has to be {allowed}");
        (options.Otlp is null).Should().Be(name == Endpoint);
    }

    [Fact]
    public void Headers_that_cannot_be_used_are_not_shown()
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_EXPORTER_OTLP_HEADERS", "Bearer s3cret");

        ReadGood(Least).Remarks.Should().ContainSingle().Which.Should().StartWith("OTEL_EXPORTER_OTLP_HEADERS is left out, it is '***': it has to be Name=value").And.NotContain("s3cret");
    }

    [Fact]
    public void A_client_certificate_without_its_key_is_left_out()
    {
        SetVariable(Endpoint, Url);
        SetVariable("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/etc/hostname");

        var options = ReadGood(Least);

        options.Otlp!.Tls.ClientCertificateFile.Should().BeNull();
        options.Remarks.Should().Equal("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE is left out: OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY belong together");
    }

    [Fact]
    public void What_would_have_an_effect_elsewhere_is_named()
    {
        SetVariable("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", Url);
        SetVariable("OTEL_EXPORTER_OTLP_TIMEOUT", "3000");
        SetVariable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", Url);
        SetVariable("OTEL_BLRP_SCHEDULE_DELAY", "");

        ReadGood(Least).Remarks.Should().Equal("not applied here: OTEL_EXPORTER_OTLP_METRICS_ENDPOINT; otlp:endpoint is for metrics and logs, and --help lists what else there is");
        ReadGood(Least, "--otlp:endpoint", Url).Remarks.Should().Equal(
            "not applied here: OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, OTEL_EXPORTER_OTLP_TIMEOUT; otlp:endpoint is for metrics and logs, and --help lists what else there is");
    }
}
