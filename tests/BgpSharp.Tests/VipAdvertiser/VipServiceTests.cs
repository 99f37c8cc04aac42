using System.Net;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser;

public sealed class VipServiceTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LineLogger _log = new();
    private readonly ExitStatus _exit = new();
    private readonly StopRequest _lifetime = new();
    private VipService? _service;

    [Fact]
    public async Task The_VIP_is_on_the_interface_before_it_is_announced_and_the_sessions_are_closed_before_it_leaves()
    {
        var effects = new EffectLog();
        await StartAsync(effects, check: false);

        await effects.ExpectAsync("add 203.0.113.10", "announce", "connect");
        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
        _exit.Code.Should().Be(0);
        _log.Lines.Should().Equal(
            "Information: 203.0.113.10/32 added to lo",
            "Information: 203.0.113.10/32 announced: no health check is configured",
            "Information: 203.0.113.10/32 is drained and withdrawn: stopping",
            "Information: 203.0.113.10/32 withdrawn: stopped",
            "Information: 203.0.113.10/32 removed from lo");
    }

    [Fact]
    public async Task The_first_success_announces_and_a_fall_withdraws_but_leaves_the_VIP_on_the_interface()
    {
        var effects = new EffectLog { Checks = { null, "refused", "refused", "hung", null, null } };
        await StartAsync(effects, check: true);

        await effects.ExpectAsync("add 203.0.113.10", "connect", "check", "announce");
        await NextChecksAsync(effects, "check", "check", "check", "withdraw");
        await NextChecksAsync(effects, "check", "check", "announce", "check");
        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
        _log.Lines.Should().ContainInOrder(
            "Information: 203.0.113.10/32 announced: the health check succeeds",
            "Warning: Health check failed, 1 in a row of the 3 that withdraw: refused",
            "Warning: Health check failed, 2 in a row of the 3 that withdraw: refused",
            "Warning: 203.0.113.10/32 withdrawn: 3 health checks in a row failed, the last: hung",
            "Information: 203.0.113.10/32 announced: the health check succeeds");
    }

    [Fact]
    public async Task A_service_that_is_down_at_the_start_is_never_announced_before_rise_successes()
    {
        var effects = new EffectLog { Checks = { "refused", null, null } };
        await StartAsync(effects, check: true);

        await effects.ExpectAsync("add 203.0.113.10", "connect", "check");
        await NextChecksAsync(effects, "check", "check", "announce");
        _log.Lines.Should().Contain("Warning: 203.0.113.10/32 not announced yet, the first health check failed: refused");
    }

    [Fact]
    public async Task A_stop_while_withdrawn_withdraws_nothing_again()
    {
        var effects = new EffectLog { Checks = { "refused" } };
        await StartAsync(effects, check: true);
        await effects.ExpectAsync("add 203.0.113.10", "connect", "check");

        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
    }

    [Theory]
    [InlineData(VipAddress.OwnerMark, true, "our mark is on it: an earlier run was killed before it could remove it")]
    [InlineData(0, false, "somebody else put it there")]
    public async Task An_address_that_is_there_already_is_removed_at_the_stop_only_when_it_has_our_mark(byte mark, bool removed, string because)
    {
        var present = new InterfaceAddress { InterfaceIndex = 1, Address = IPAddress.Parse("203.0.113.10"), PrefixLength = 32, Protocol = mark };
        var effects = new EffectLog { Present = present };
        await StartAsync(effects, check: false);
        await effects.ExpectAsync("add 203.0.113.10", "announce", "connect");

        await StopAsync();

        await effects.ExpectAsync("close");
        effects.TryNext(out var last).Should().Be(removed, because);
        last.Should().Be(removed ? "remove 203.0.113.10" : null);
    }

    [Fact]
    public async Task Without_the_address_nothing_is_announced_and_the_host_stops_with_exit_code_1_and_one_line()
    {
        var effects = new EffectLog { Refusal = new NetlinkException(1, null) };
        await StartAsync(effects, check: false);

        await _lifetime.Requested.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await effects.ExpectAsync("add 203.0.113.10");
        effects.TryNext(out _).Should().BeFalse("no session is opened for a VIP that is not on the host");
        _exit.Code.Should().Be(1);
        _log.Lines.Should().Equal("Critical: 203.0.113.10/32 cannot be managed on lo: Operation not permitted (it takes the capability NET_ADMIN)");
    }

    [Fact]
    public async Task The_VIP_leaves_the_interface_even_when_closing_the_sessions_fails()
    {
        var effects = new EffectLog { StopFailure = new InvalidOperationException("broken") };
        await StartAsync(effects, check: false);
        await effects.ExpectAsync("add 203.0.113.10", "announce", "connect");

        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
        _exit.Code.Should().Be(1);
    }

    public void Dispose() => _service?.Dispose();

    private async Task StartAsync(EffectLog effects, bool check)
    {
        var health = new HealthOptions { Tcp = new HostPort("127.0.0.1", 6443), Interval = Interval, Timeout = Interval, Fall = 3, Rise = 2 };
        var options = Options.Create(new VipOptions
        {
            Vip = IPAddress.Parse("203.0.113.10"),
            InterfaceName = "lo",
            InterfaceIndex = 1,
            LocalAsn = 65000,
            RouterId = BgpIdentifier.Parse("198.51.100.11"),
            LogLevel = LogLevel.Information,
            Peers = [],
            Stop = new BgpStopOptions(),
            Health = check ? health : null,
        });
        var address = new VipAddress(effects, options, new Logger<VipAddress>(_log));
        var monitor = check ? new HealthMonitor(effects, health, _time) : null;
        _service = new VipService(address, effects, options, _lifetime, _exit, new Logger<VipService>(_log), monitor);
        await _service.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task StopAsync() => _service!.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets one interval pass before each check.</summary>
    private async Task NextChecksAsync(EffectLog effects, params string[] expected)
    {
        foreach (var effect in expected)
        {
            if (effect == "check")
            {
                _time.Advance(Interval);
            }

            await effects.ExpectAsync(effect);
        }
    }

    private sealed class StopRequest : IHostApplicationLifetime
    {
        private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Requested => _requested.Task;
        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => CancellationToken.None;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _requested.TrySetResult();
    }
}
