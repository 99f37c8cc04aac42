using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace BgpSharp.Tests.Hosting;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task Healthy_with_all_sessions_degraded_with_some_unhealthy_with_none()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker(HostedFixture.WithTwoPeers).AddHealthCheck(tags: ["ready"]).AddHealthCheck(minimumEstablished: 1, checkName: "one");
        await using var first = fixture.Listen(HostedFixture.FirstAddress);
        await using var second = fixture.Listen(HostedFixture.SecondAddress);
        using var host = fixture.Builder.Build();
        var speaker = host.Services.GetRequiredService<BgpSpeaker>();
        (await CheckAsync(host, "bgp")).Status.Should().Be(HealthStatus.Unhealthy, "the speaker has not started");

        await host.StartAsync();
        var none = await CheckAsync(host, "bgp");
        await using var one = await HostedFixture.EstablishAsync(first, speaker);
        var some = await CheckAsync(host, "bgp");
        var enough = await CheckAsync(host, "one");
        await using var other = await HostedFixture.EstablishAsync(second, speaker);
        var all = await CheckAsync(host, "bgp");
        await HostedFixture.StopAsync(host, one, other);

        none.Status.Should().Be(HealthStatus.Unhealthy);
        none.Description.Should().Be("0 of 2 peers are established, 2 are enough.");
        none.Tags.Should().Equal("ready");
        some.Status.Should().Be(HealthStatus.Degraded);
        some.Data["198.51.100.1"].Should().Be("Established");
        some.Data["198.51.100.2"].Should().BeOfType<string>().Which.Should().NotBe("Established");
        enough.Status.Should().Be(HealthStatus.Healthy);
        enough.Description.Should().Be("1 of 2 peers are established, 1 are enough.");
        all.Status.Should().Be(HealthStatus.Healthy);
        all.Data.Keys.Should().BeEquivalentTo("198.51.100.1", "198.51.100.2");
        (await CheckAsync(host, "bgp")).Data["198.51.100.1"].Should().Be("Idle (stopped: Cease, Administrative Shutdown (6/2))", "the data says why");
    }

    [Fact]
    public async Task A_speaker_with_a_name_has_a_check_with_that_name()
    {
        var fixture = new HostedFixture();
        fixture.Services.AddBgpSpeaker("edge", HostedFixture.Section()).AddHealthCheck();
        using var host = fixture.Builder.Build();

        (await CheckAsync(host, "bgp-edge")).Description.Should().Be("0 of 0 peers are established, 1 are enough.");
    }

    [Fact]
    public void No_session_is_never_enough()
    {
        var builder = new ServiceCollection().AddBgpSpeaker(HostedFixture.WithTwoPeers);

        builder.Invoking(speaker => speaker.AddHealthCheck(minimumEstablished: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host, string name) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];
}
