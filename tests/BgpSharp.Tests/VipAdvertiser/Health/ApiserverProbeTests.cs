using System.Net;
using System.Net.Sockets;
using BgpSharp.Tests.StandIn;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>The default check: HTTPS to the apiserver of this node, wherever it listens.</summary>
public sealed class ApiserverProbeTests : IDisposable
{
    private readonly ProbeBench _bench = new();

    [Fact]
    public async Task An_apiserver_whose_certificate_is_of_the_kubeconfigs_CA_and_for_the_name_kubernetes_is_alive()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        apiserver.ClientAuthority = _bench.Authority;
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, new GateTlsOptions { Kubeconfig = _bench.WriteKubeconfig() });

        await ExpectSuccessAsync(probe, $"https://127.0.0.1:{apiserver.EndPoint.Port}/readyz");
        await ExpectSuccessAsync(probe, $"https://127.0.0.1:{apiserver.EndPoint.Port}/readyz");

        apiserver.Asked.Should().Be(ProbeBench.Path);
        apiserver.Accepted.Should().Be(1, "the connection is kept");
        _bench.Log.Lines.Should().BeEmpty("nothing is worth a line");
    }

    [Theory]
    [InlineData(StandInMode.Unready, "HTTP status 500: poststarthook/rbac/bootstrap-roles failed")]
    [InlineData(StandInMode.CloseUnanswered, "The response ended prematurely")]
    public async Task What_is_wrong_is_said(StandInMode mode, string reason)
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, mode: mode);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port);

        var result = await ProbeAsync(probe);

        result.Outcome.Should().Be(ProbeOutcome.Failed);
        result.Failure.Should().StartWith($"https://127.0.0.1:{apiserver.EndPoint.Port}/readyz: ").And.Contain(reason);
        apiserver.Mode = StandInMode.Ok;
        await ExpectSuccessAsync(probe);
    }

    [Theory]
    [InlineData(StandInMode.Hang)]
    [InlineData(StandInMode.HangInBody)]
    public async Task What_hangs_fails_when_the_time_is_over_and_the_next_check_is_not_held_up_by_it(StandInMode mode)
    {
        var time = new FakeTimeProvider();
        using var bench = new ProbeBench { Time = time };
        await using var apiserver = ProbeBench.Listen(bench.Certificate, mode: mode);
        var probe = bench.Apiserver(apiserver.EndPoint.Port);

        var hanging = ProbeAsync(probe);
        await EffectAsync(() => apiserver.Accepted == 1, "the check has to connect");
        hanging.IsCompleted.Should().BeFalse();
        time.Advance(bench.Timeout);
        (await hanging).Failure.Should().EndWith("/readyz: no answer within 30 s");

        apiserver.Mode = StandInMode.Ok;
        await ExpectSuccessAsync(probe);
    }

    [Fact]
    public async Task A_connection_on_which_the_apiserver_begins_to_hang_is_not_used_again()
    {
        var time = new FakeTimeProvider();
        using var bench = new ProbeBench { Time = time };
        await using var apiserver = ProbeBench.Listen(bench.Certificate);
        var probe = bench.Apiserver(apiserver.EndPoint.Port);
        await ExpectSuccessAsync(probe);

        apiserver.Mode = StandInMode.Hang;
        var hanging = ProbeAsync(probe);
        time.Advance(bench.Timeout);
        (await hanging).Outcome.Should().Be(ProbeOutcome.Failed);

        apiserver.Mode = StandInMode.Ok;
        await ExpectSuccessAsync(probe);
    }

    [Theory]
    [InlineData(StandInMode.Unauthorized, 401)]
    [InlineData(StandInMode.Forbidden, 403)]
    public async Task An_apiserver_that_does_not_know_us_is_alive_and_that_is_said_once(StandInMode mode, int code)
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, mode: mode);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port);

        await ExpectSuccessAsync(probe);
        await ExpectSuccessAsync(probe);

        _bench.Log.Lines.Should().ContainSingle().Which.Should().StartWith($"Warning: https://127.0.0.1:{apiserver.EndPoint.Port}/readyz answers {code}: ");
    }

    [Fact]
    public async Task An_apiserver_whose_etcd_alone_fails_is_alive_because_the_question_excludes_it()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, mode: StandInMode.EtcdFails);

        await ExpectSuccessAsync(_bench.Apiserver(apiserver.EndPoint.Port));
    }

    [Fact]
    public async Task A_closed_port_is_refused_and_the_next_check_finds_it_open_again()
    {
        var reserved = new ReservedPort();
        var port = reserved.Number;
        var probe = _bench.Apiserver(port, own: new OwnAddresses("127.0.0.1", "127.0.0.2"));

        var result = await ProbeAsync(probe);

        result.Outcome.Should().Be(ProbeOutcome.Refused);
        result.Failure.Should().Be(
            $"https://this node:{port}/readyz: nobody listens on port {port} of 127.0.0.1, ::1, 127.0.0.2",
            "every address was tried, each once");
        reserved.Dispose();
        await using var apiserver = new StandInApiserver(IPAddress.Loopback, _bench.Certificate, port);
        await ExpectSuccessAsync(probe);
    }

    [Fact]
    public async Task A_listener_that_is_closed_is_missed_on_the_open_connection_but_not_on_a_fresh_one()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port);
        await ExpectSuccessAsync(probe);

        apiserver.Mode = StandInMode.Closed;

        await ExpectSuccessAsync(probe);
        (await ProbeAsync(probe, fresh: true)).Outcome.Should().Be(ProbeOutcome.Refused);
        (await ProbeAsync(probe)).Outcome.Should().Be(ProbeOutcome.Refused, "the old connection is gone, it would answer still");
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("127.0.0.2")]
    public async Task An_apiserver_that_listens_elsewhere_on_this_node_is_found_and_remembered(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !address.Contains(':'), "the machine has no IPv6");
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, address);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, own: new OwnAddresses("127.0.0.1", "127.0.0.2"));

        await ExpectSuccessAsync(probe, $"https://{apiserver.EndPoint}/readyz");
        probe.Answered.Should().Be(apiserver.EndPoint);

        await using var other = new StandInApiserver(IPAddress.Loopback, _bench.Certificate, apiserver.EndPoint.Port);
        (await ProbeAsync(probe, fresh: true)).Target.Should().Be($"https://{apiserver.EndPoint}/readyz", "it answered last");
        apiserver.Mode = StandInMode.Closed;
        (await ProbeAsync(probe, fresh: true)).Target.Should().Be($"https://{other.EndPoint}/readyz", "the search begins again");
    }

    [Fact]
    public async Task A_VIP_is_never_asked()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, "127.0.0.3");
        var own = new OwnAddresses("127.0.0.3");

        (await ProbeAsync(_bench.Apiserver(apiserver.EndPoint.Port, own: own, vips: IPAddress.Parse("127.0.0.3")))).Outcome.Should().Be(ProbeOutcome.Refused);
        apiserver.Accepted.Should().Be(0);
    }

    [Fact]
    public async Task A_connection_to_an_address_that_has_become_a_VIP_is_not_used_again()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate, "127.0.0.4");
        IPAddress[] vips = [IPAddress.Parse("127.0.0.5")];
        var probe = _bench.Apiserver(apiserver.EndPoint.Port, own: new OwnAddresses("127.0.0.4"), vips: vips);
        await ExpectSuccessAsync(probe);

        vips[0] = IPAddress.Parse("127.0.0.4");

        (await ProbeAsync(probe)).Outcome.Should().Be(ProbeOutcome.Refused);
    }

    [Fact]
    public async Task The_end_of_the_process_between_two_checks_is_refused_at_once()
    {
        await using var apiserver = ProbeBench.Listen(_bench.Certificate);
        var probe = _bench.Apiserver(apiserver.EndPoint.Port);
        await ExpectSuccessAsync(probe);

        apiserver.Mode = StandInMode.Closed;
        apiserver.Disconnect();

        (await ProbeAsync(probe, fresh: true)).Outcome.Should().Be(ProbeOutcome.Refused);
    }

    public void Dispose() => _bench.Dispose();

    private static Task<ProbeResult> ProbeAsync(HttpProbe probe, bool fresh = false) => probe.ProbeAsync(fresh, TestContext.Current.CancellationToken);

    private static async Task ExpectSuccessAsync(HttpProbe probe, string? target = null)
    {
        var result = await ProbeAsync(probe);
        result.Failure.Should().BeNull();
        result.Outcome.Should().Be(ProbeOutcome.Success);
        if (target is not null)
        {
            result.Target.Should().Be(target);
        }
    }

    private static async Task EffectAsync(Func<bool> effect, string because)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!effect())
        {
            deadline.IsCancellationRequested.Should().BeFalse(because);
            await Task.Delay(5);
        }
    }
}
