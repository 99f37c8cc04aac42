using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Health;

public sealed class TcpProbeTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("127.0.0.1", "localhost")]
    public async Task A_listener_is_healthy(string listenOn, string host)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !listenOn.Contains(':'), "the machine has no IPv6");
        using var listener = new TcpListener(IPAddress.Parse(listenOn), 0);
        listener.Start();

        (await Probe(host, ((IPEndPoint)listener.LocalEndpoint).Port)).IsSuccess.Should().BeTrue();
    }

    [Fact]
    public async Task A_closed_port_fails_with_the_systems_reason_and_the_target()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;

        (await Probe("127.0.0.1", port)).Should().Be(
            new ProbeResult(ProbeOutcome.Refused, $"TCP connect to 127.0.0.1:{port}: Connection refused", $"TCP connect to 127.0.0.1:{port}"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_fails_when_the_time_is_over()
    {
        // A listener whose backlog is full lets further connects hang.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        var probe = Probe("127.0.0.1", port);
        probe.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1500));

        (await probe).Should().Be(
            new ProbeResult(ProbeOutcome.Failed, $"TCP connect to 127.0.0.1:{port}: no answer within 1.5 s", $"TCP connect to 127.0.0.1:{port}"));
    }

    private async Task<ProbeResult> Probe(string host, int port)
    {
        using var probe = new TcpProbe(new HostPort(host, port), TimeSpan.FromMilliseconds(1500), _time);
        return await probe.ProbeAsync(fresh: false, TestContext.Current.CancellationToken);
    }
}
