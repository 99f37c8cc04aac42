using BgpSharp.TestRun;
using BgpSharp.Tests.StandIn;
using BgpSharp.Tests.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Otlp;

/// <summary>Export over https.</summary>
public sealed class OtlpTlsTests : ConfigurationReading
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly StandInAuthority _authority = new();

    [Fact]
    public async Task A_collector_whose_certificate_the_CA_has_signed_gets_the_export()
    {
        await using var collector = new StandInCollector(certificate: _authority.IssueServer("127.0.0.1"));
        File.WriteAllText(YamlPath, _authority.Pem);
        await using var bench = new ExporterBench(ReadGood(Least, "--otlp:endpoint", collector.Url, "--otlp:caFile", YamlPath));
        await bench.StartAsync();
        await bench.AdvanceAsync(Interval);

        (await collector.WaitAsync("/v1/metrics")).Points.Should().ContainKey("bgpsharp_ready");
    }

    [Theory]
    [InlineData(true, "127.0.0.1", "the server's certificate is not trusted (")]
    [InlineData(false, "198.51.100.20", "the server's certificate is for another name")]
    public async Task Another_one_gets_nothing_not_even_the_headers(bool isOfAnotherAuthority, string name, string problem)
    {
        await using var collector = new StandInCollector(certificate: (isOfAnotherAuthority ? new StandInAuthority() : _authority).IssueServer(name));
        File.WriteAllText(YamlPath, _authority.Pem);
        await using var bench = new ExporterBench(ReadGood(Least, "--otlp:endpoint", collector.Url, "--otlp:caFile", YamlPath, "--otlp:headers", "Api-Key=s3cret"));
        await bench.StartAsync();
        await bench.AdvanceAsync(Interval);

        await bench.SaysAsync($"Metrics are not exported to {collector.Url}/v1/metrics: {problem}");
        collector.Requests.Should().BeEmpty();
    }
}
