using System.Net;
using System.Net.Sockets;
using BgpSharp.Tests.Session;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>Two things at once, and what the world does meanwhile.</summary>
public sealed partial class AdvertiserTests
{
    [Fact]
    public async Task A_service_that_dies_while_a_command_drains_is_withdrawn_at_once()
    {
        var effects = await StartAnnouncedAsync(new EffectLog { Drain = new TaskCompletionSource() });
        var drain = _advertiser!.DrainAsync(null, TestContext.Current.CancellationToken);
        await effects.ExpectAsync("close");

        await FailAsync(effects);

        effects.Drain!.SetResult();
        await drain;
        await AdvanceUntilAsync(effects, "remove 203.0.113.10");
        _advertiser.Status.Vips.Single().Reason.Should().Be("3 health checks in a row failed, the last: refused");
    }

    [Fact]
    public async Task A_service_that_dies_while_a_signal_drains_is_withdrawn_at_once_and_its_address_leaves_after_the_linger()
    {
        var effects = await StartAnnouncedAsync(new EffectLog { Drain = new TaskCompletionSource() });
        _signals.Count("SIGTERM");
        var stopped = StopAsync();
        await effects.ExpectAsync("close");
        _advertiser!.Status.Drain.Should().Be(DrainPhase.Draining);

        await FailAsync(effects);

        effects.Drain!.SetResult();
        await AdvanceUntilAsync(effects, "remove 203.0.113.10");
        await AdvanceUntilAsync(() => stopped.IsCompleted, "the end");
    }

    [Fact]
    public async Task While_a_drain_goes_on_nothing_else_begins_to_be_announced()
    {
        var effects = await StartAnnouncedAsync(new EffectLog { Drain = new TaskCompletionSource() });
        var drain = _advertiser!.DrainAsync(null, TestContext.Current.CancellationToken);
        await effects.ExpectAsync("close");
        await FailAsync(effects);

        effects.Check(null);
        effects.Check(null);
        await SeenAsync(HealthVerdict.Healthy);
        effects.Drain!.SetResult();
        await drain;

        await AdvanceUntilAsync(effects, "remove 203.0.113.10");
        effects.TryNext(out _).Should().BeFalse("it is drained");
    }

    [Fact]
    public async Task A_reload_while_a_drain_goes_on_comes_after_it_and_opens_no_session_until_the_drain_is_undone()
    {
        var effects = await StartAnnouncedAsync(new EffectLog { Drain = new TaskCompletionSource() });
        var drain = _advertiser!.DrainAsync(null, TestContext.Current.CancellationToken);
        await effects.ExpectAsync("close");
        effects.Next = (Options(names: "203.0.113.11"), []);

        var reload = _advertiser.ReloadAsync(TestContext.Current.CancellationToken);

        effects.TryNext(out _).Should().BeFalse("what is being drained is left alone");
        effects.Drain!.SetResult();
        await drain;
        (await reload).Should().BeEmpty();
        await effects.ExpectAsync("remove 203.0.113.10");
        effects.TryNext(out _).Should().BeFalse("it is drained still");
        await _advertiser.UndoDrainAsync(TestContext.Current.CancellationToken);
        await effects.ExpectAsync("add 203.0.113.11", "announce 203.0.113.11/32", "connect");
    }

    [Fact]
    public async Task A_service_that_dies_while_a_reload_changes_sessions_is_withdrawn_at_once()
    {
        var effects = await StartAnnouncedAsync(new EffectLog());
        effects.Change = new TaskCompletionSource();
        effects.Next = (Options(check: true), []);
        var reload = _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);
        await effects.ExpectAsync("connect");
        await SpeakerFixture.UntilAsync(() => effects.Watches == 2, "the gate is the new configuration's");

        await FailAsync(effects);

        reload.IsCompleted.Should().BeFalse("the routers are still waited for");
        effects.Change.SetResult();
        (await reload).Should().BeEmpty();
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_read_in_time_is_refused_and_nothing_waits_for_it()
    {
        using var reading = new ManualResetEventSlim();
        var effects = await StartAnnouncedAsync(new EffectLog());
        effects.Reading = reading;
        var reload = _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);

        await FailAsync(effects);
        await AdvanceUntilAsync(() => reload.IsCompleted, "the end of the reload");
        await AdvanceUntilAsync(effects, "remove 203.0.113.10");

        (await reload).Should().Equal("the configuration could not be read within 10 s");
        _advertiser.Status.ReloadProblems.Should().Equal("the configuration could not be read within 10 s");
        reload = _advertiser.ReloadAsync(TestContext.Current.CancellationToken);
        var refused = FluentActions.Awaiting(() => reload).Should().ThrowAsync<OperationCanceledException>();
        await StopAsync();
        await refused;
        reading.Set();
    }

    [Fact]
    public async Task A_drain_while_a_reload_changes_sessions_comes_after_it()
    {
        var effects = await StartAnnouncedAsync(new EffectLog());
        effects.Change = new TaskCompletionSource();
        effects.Next = (Options(check: true), []);
        var reload = _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);
        await effects.ExpectAsync("connect");

        var drain = _advertiser.DrainAsync(null, TestContext.Current.CancellationToken);

        effects.TryNext(out _).Should().BeFalse("sessions are changed by one at a time");
        effects.Change.SetResult();
        await reload;
        await drain;
        await effects.ExpectAsync("close", "remove 203.0.113.10");
    }

    [Fact]
    public async Task A_stop_while_a_reload_changes_sessions_waits_for_no_reload()
    {
        var effects = await StartAnnouncedAsync(new EffectLog());
        effects.Change = new TaskCompletionSource();
        effects.Next = (Options(check: true), []);
        var reload = () => _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);
        var refused = reload.Should().ThrowAsync<OperationCanceledException>().WithMessage("the host is stopping");
        await effects.ExpectAsync("connect");

        await StopAsync();

        await refused;
        await effects.ExpectAsync("close", "remove 203.0.113.10");
        await reload.Should().ThrowAsync<OperationCanceledException>().WithMessage("the host is stopping");
    }

    [Fact]
    public async Task A_name_that_cannot_be_resolved_any_more_keeps_its_address_and_that_is_said_once()
    {
        var effects = new EffectLog { Resolved = [IPAddress.Parse("203.0.113.20")] };
        await StartAsync(effects, Options(names: "vip.example"));
        await effects.ExpectAsync("connect", "add 203.0.113.20", "announce 203.0.113.20/32");

        effects.ResolveFailure = new SocketException((int)SocketError.TryAgain);
        await AdvanceUntilSaidAsync("cannot be resolved, what is known of it stays");
        _time.Advance(TimeSpan.FromSeconds(3));
        effects.Resolved = [IPAddress.Parse("203.0.113.22")];
        effects.ResolveFailure = null;

        await AdvanceUntilAsync(effects, "withdraw 203.0.113.20/32");
        _log.Lines.Should().ContainSingle(line => line.Contains("cannot be resolved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_comes_for_a_configuration_that_a_reload_has_replaced_moves_nothing()
    {
        var effects = new EffectLog { Resolved = [IPAddress.Parse("203.0.113.20")] };
        await StartAsync(effects, Options(names: "vip.example"));
        await effects.ExpectAsync("connect", "add 203.0.113.20", "announce 203.0.113.20/32");
        var late = effects.LateAnswer = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        await AdvanceUntilAsync(() => effects.LateAnswer is null, "the name is looked up again");
        effects.Next = (Options(names: "vip.example"), []);
        await _advertiser!.ReloadAsync(TestContext.Current.CancellationToken);
        await effects.ExpectAsync("connect");

        late.SetResult([IPAddress.Parse("203.0.113.22")]);

        await _advertiser.UndoDrainAsync(TestContext.Current.CancellationToken); // The loop has handled what came before.
        effects.TryNext(out _).Should().BeFalse("the name is followed by the new configuration's rules, to what it was before");
    }

    [Fact]
    public async Task A_name_that_is_a_routers_address_is_not_followed_there()
    {
        var effects = new EffectLog { Resolved = [IPAddress.Parse("203.0.113.20")] };
        await StartAsync(effects, WithRouter("vip.example", "198.51.100.1"));
        await effects.ExpectAsync("connect", "add 203.0.113.20", "announce 203.0.113.20/32");

        effects.Resolved = [IPAddress.Parse("198.51.100.1")];

        await AdvanceUntilSaidAsync("vip.example cannot be resolved, what is known of it stays: it has no address of the wanted family but those of sessions");
        effects.TryNext(out _).Should().BeFalse("the router would be cut off");
    }

    [Fact]
    public async Task In_kube_vips_place_what_it_left_of_a_name_goes_when_the_name_is_resolved_after_a_bad_verdict()
    {
        var effects = new EffectLog { LeftBehind = ["203.0.113.20"], ResolveFailure = new SocketException((int)SocketError.TryAgain) };
        await StartAsync(effects, InKubeVipsPlace("vip.example"));
        await effects.ExpectAsync("connect");
        effects.Check("refused");
        await AdvanceUntilSaidAsync("Nothing is announced yet");
        effects.TryNext(out _).Should().BeFalse("nobody knows yet which address it is");

        effects.Resolved = [IPAddress.Parse("203.0.113.20")];
        effects.ResolveFailure = null;

        await AdvanceUntilAsync(effects, "keep 203.0.113.20");
        await effects.ExpectAsync("remove 203.0.113.20");
        effects.Check(null);
        effects.Check(null);
        await effects.ExpectAsync("keep 203.0.113.20", "announce 203.0.113.20/32");
    }

    [Fact]
    public async Task A_clock_that_is_set_back_holds_up_no_linger_and_no_drain()
    {
        var effects = await StartAnnouncedAsync(new EffectLog());
        await FailAsync(effects);

        _time.AdjustTime(_time.GetUtcNow().AddYears(-1));

        await AdvanceUntilAsync(effects, "remove 203.0.113.10");
        effects.Check(null);
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        _time.AdjustTime(_time.GetUtcNow().AddYears(20));
        await StopAsync();
        await effects.ExpectAsync("close", "remove 203.0.113.10");
    }

    private async Task<EffectLog> StartAnnouncedAsync(EffectLog effects)
    {
        await StartAsync(effects, Options(check: true));
        await effects.ExpectAsync("connect");
        effects.Check(null);
        await effects.ExpectAsync("add 203.0.113.10", "announce 203.0.113.10/32");
        return effects;
    }

    private static async Task FailAsync(EffectLog effects)
    {
        effects.Check("refused");
        effects.Check("refused");
        effects.Check("refused");
        await effects.ExpectAsync("withdraw 203.0.113.10/32", "flush");
    }

    private Task SeenAsync(HealthVerdict verdict) => SpeakerFixture.UntilAsync(() => _advertiser!.Status.Gate.Verdict == verdict, $"the verdict {verdict}");

    private Task AdvanceUntilSaidAsync(string text) =>
        AdvanceUntilAsync(() => _log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), text);

    private Task AdvanceUntilAsync(Func<bool> condition, string what) => SpeakerFixture.UntilAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        },
        what);
}
