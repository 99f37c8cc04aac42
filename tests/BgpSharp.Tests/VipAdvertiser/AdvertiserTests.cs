using System.Net;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>The order of effects, whatever happens.</summary>
public sealed partial class AdvertiserTests : IDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LineLogger _log = new();
    private readonly ExitStatus _exit = new();
    private readonly StopSignals _signals = new(TimeProvider.System);
    private Advertiser? _advertiser;

    [Fact]
    public async Task The_VIP_is_on_the_interface_before_it_is_announced_and_the_sessions_are_closed_before_it_leaves()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());

        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");
        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
        _exit.Code.Should().Be(0);
        _log.Lines.Should().Equal(
            "Information: 203.0.113.10/32 announced: no health check is configured",
            "Information: 203.0.113.10/32 is drained and withdrawn: stopping",
            "Information: 203.0.113.10/32 withdrawn: stopped");
    }

    [Fact]
    public async Task A_gate_that_shuts_withdraws_then_waits_for_the_routers_and_the_linger_before_the_address_goes()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");

        effects.Check("refused");
        effects.Check("refused");
        effects.Check("hung");
        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");
        effects.TryNext(out _).Should().BeFalse("the linger is not over");
        await AdvanceUntilAsync(effects, "remove 203.0.113.10");

        effects.Check(null);
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
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
    public async Task A_drain_just_after_a_withdrawal_leaves_the_address_for_the_linger()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        Array.ForEach(["refused", "refused", "refused"], effects.Check);
        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");

        var drain = _advertiser!.DrainAsync(null, TestContext.Current.CancellationToken);
        await effects.ExpectAsync("close");
        await drain.WaitAsync(ScriptedPeer.Patience);
        effects.TryNext(out _).Should().BeFalse("packets may be on their way, as they are after every withdrawal");
        await AdvanceUntilAsync(effects, "remove 203.0.113.10");
        await StopAsync();
    }

    [Fact]
    public async Task A_gate_that_opens_again_within_the_linger_leaves_the_address_where_it_is()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        effects.Check("refused");
        effects.Check("refused");
        effects.Check("refused");
        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");

        effects.Check(null);
        effects.Check(null);
        await effects.ExpectAsync("announce 203.0.113.10/32");
        _time.Advance(Linger);
        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
    }

    [Fact]
    public async Task A_stop_just_after_a_withdrawal_leaves_the_address_for_the_linger()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        effects.Check("refused");
        effects.Check("refused");
        effects.Check("refused");
        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");

        var stopped = StopAsync();
        await effects.ExpectAsync("close");
        effects.TryNext(out _).Should().BeFalse("packets for it are on their way");

        await AdvanceUntilAsync(effects, "remove 203.0.113.10");
        await AdvanceUntilAsync(() => stopped.IsCompleted, "the end");
    }

    [Fact]
    public async Task A_service_that_is_down_at_the_start_is_never_announced_before_rise_successes()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check("refused");
        effects.Check(null);
        effects.Check(null);

        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        _log.Lines.Should().Contain("Warning: Nothing is announced yet, the first health check failed: refused");
    }

    [Fact]
    public async Task What_was_left_behind_stays_until_the_first_check_has_ended_and_goes_when_it_fails()
    {
        var effects = new EffectLog { LeftBehind = ["203.0.113.10"] };
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("keep 203.0.113.10", "connect");
        effects.TryNext(out _).Should().BeFalse("nobody knows yet whether the service is well");

        effects.Check("refused");

        await effects.ExpectAsync("remove 203.0.113.10");
    }

    [Fact]
    public async Task What_was_left_behind_is_never_off_when_the_first_check_succeeds()
    {
        var effects = new EffectLog { LeftBehind = ["203.0.113.10"] };
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("keep 203.0.113.10", "connect");

        effects.Check(null);

        await effects.ExpectAsync("announce 203.0.113.10/32");
        await StopAsync();
        await effects.ExpectAsync("close", "remove 203.0.113.10");
    }

    [Fact]
    public async Task A_signal_is_the_reason_of_what_it_withdraws()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");

        _signals.Count("SIGTERM");
        await StopAsync();

        _advertiser!.Status.Vips.Single().Reason.Should().Be("drained by SIGTERM");
        _log.Lines.Should().Contain("Information: 203.0.113.10/32 withdrawn: drained by SIGTERM");
    }

    [Fact]
    public async Task A_reload_says_what_is_new_to_say_of_the_configuration()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(["known"]));
        effects.Next = (Options(["known", "new"]), []);

        await _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);

        _log.Lines.Should().ContainSingle(line => line == "Information: known").And.ContainSingle(line => line == "Information: new");
    }

    [Fact]
    public async Task An_address_that_somebody_takes_away_is_withdrawn_and_announced_again_when_it_is_back()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");

        effects.Refuse(IPAddress.Parse("203.0.113.10"), refused: true);
        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");
        effects.Refuse(IPAddress.Parse("203.0.113.10"), refused: false);

        await effects.ExpectAsync("announce 203.0.113.10/32");
    }

    [Fact]
    public async Task A_name_is_announced_when_it_is_resolved_and_followed_when_it_moves()
    {
        var effects = new EffectLog { Resolved = [IPAddress.Parse("203.0.113.20"), IPAddress.Parse("203.0.113.21")] };
        await StartAsync(effects, Options(names: "vip.example"));
        await effects.ExpectAsync("connect", "add 203.0.113.20", "announce 203.0.113.20/32");

        effects.Resolved = [IPAddress.Parse("203.0.113.22")];
        _time.Advance(TimeSpan.FromSeconds(3));

        await effects.ExpectAsync("withdraw 203.0.113.20/32");
        await effects.ExpectInAnyOrderAsync("flush", "add 203.0.113.22", "announce 203.0.113.22/32"); // The flush waits beside the loop.
        await AdvanceUntilAsync(effects, "remove 203.0.113.20");
    }

    [Fact]
    public async Task A_drain_closes_the_sessions_and_its_undoing_opens_them_again()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");

        await _advertiser!.DrainAsync("node drain", TestContext.Current.CancellationToken);
        await effects.ExpectAsync("close 'node drain'", "remove 203.0.113.10");
        _advertiser.Status.Drain.Should().Be(DrainPhase.Drained);
        _advertiser.Status.Vips.Single().Reason.Should().Be("drained by command: node drain");
        await _advertiser.UndoDrainAsync(TestContext.Current.CancellationToken);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");
        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
    }

    [Fact]
    public async Task A_stop_after_a_drain_has_nothing_left_to_do()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");
        await _advertiser!.DrainAsync(null, TestContext.Current.CancellationToken);
        await effects.ExpectAsync("close", "remove 203.0.113.10");

        await StopAsync();

        effects.TryNext(out _).Should().BeFalse("it is drained already");
        _exit.Code.Should().Be(0);
    }

    [Fact]
    public async Task The_second_signal_ends_a_drain()
    {
        var effects = new EffectLog { Drain = new TaskCompletionSource() };
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");
        _signals.Count("SIGTERM");
        var stopped = StopAsync();
        await effects.ExpectAsync("close");

        _signals.Count("SIGTERM");

        await effects.ExpectAsync("remove 203.0.113.10");
        await stopped;
    }

    [Fact]
    public async Task A_reload_changes_what_differs_and_a_bad_one_changes_nothing()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");

        (await _advertiser!.ReloadAsync(TestContext.Current.CancellationToken)).Should().Equal("vip is 'x' (a file): wrong");
        effects.TryNext(out _).Should().BeFalse("a bad configuration is refused whole");
        effects.Next = (Options(names: ["203.0.113.10", "203.0.113.11"]), []);
        (await _advertiser.ReloadAsync(TestContext.Current.CancellationToken)).Should().BeEmpty();

        await effects.ExpectAsync("connect", "add 203.0.113.11", "announce 203.0.113.11/32");
        _log.Lines.Should().Contain("Error: The new configuration is refused, the old one goes on: vip is 'x' (a file): wrong");
    }

    [Fact]
    public async Task A_gate_that_a_reload_brings_withdraws_nothing_before_it_has_found_failures()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");
        effects.Next = (Options(check: true), []);

        await _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);
        await effects.ExpectAsync("connect");
        effects.Check("refused");
        effects.Check("refused");
        effects.TryNext(out _).Should().BeFalse("it takes three failures");
        effects.Check("refused");

        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");
    }

    [Fact]
    public async Task Without_the_right_to_manage_addresses_nothing_is_announced_and_the_host_stops_with_exit_code_1_and_one_line()
    {
        var effects = new EffectLog { Refusal = new NetlinkException(1, null) };
        await StartAsync(effects, Options());

        await _signals.Stop.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await effects.ExpectAsync("add 203.0.113.10");
        effects.TryNext(out _).Should().BeFalse("no session is opened for a VIP that is not on the host");
        _exit.Code.Should().Be(1);
        _log.Lines.Should().Equal("Critical: The VIPs cannot be managed: Operation not permitted (it takes the capability NET_ADMIN)");
    }

    [Fact]
    public async Task The_VIP_leaves_the_interface_even_when_closing_the_sessions_fails()
    {
        var effects = new EffectLog { StopFailure = new InvalidOperationException("broken") };
        await StartAsync(effects, Options());
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32", "connect");

        await StopAsync();

        await effects.ExpectAsync("close", "remove 203.0.113.10");
        _exit.Code.Should().Be(1);
    }

    [Fact]
    public async Task The_status_says_what_is_announced_since_when_and_why()
    {
        var effects = new EffectLog();
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        await _advertiser!.UndoDrainAsync(TestContext.Current.CancellationToken); // Nothing to undo, but the loop has written down what it did.
        _time.Advance(TimeSpan.FromMinutes(1));

        var status = _advertiser.Status;

        status.Vips.Should().Equal(new VipStatus("203.0.113.10", "203.0.113.10", "lo", true, true, true, _time.Start, "the health check succeeds"));
        status.Gate.Verdict.Should().Be(HealthVerdict.Healthy);
        status.Gate.History.Should().Equal(new GateChange(_time.Start, HealthVerdict.Healthy, null));
        status.IsReady.Should().BeFalse("there is no session");
    }
}
