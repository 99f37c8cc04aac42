using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>When the gate checks and what it makes of it, with a clock of its own.</summary>
public sealed class HealthGateTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LineLogger _log = new();
    private readonly ScriptedProbe _probe = new();
    private readonly ScriptedProbe[] _siblings = [new(), new()];
    private readonly CancellationTokenSource _ending = new();
    private IAsyncEnumerator<HealthObservation>? _observations;

    [Fact]
    public async Task The_first_check_is_made_at_once_and_the_next_at_the_interval()
    {
        Start();
        (await CheckAsync(ProbeOutcome.Success)).Should().BeEquivalentTo(new { Changed = true, Failure = (string?)null, Target = "the target", Confirming = false });

        var next = _observations!.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        _probe.HasAsked.Should().BeFalse("it is not due");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await _probe.NextAskedAsync()).Should().BeFalse("the connection may be used again");
        _time.Advance(TimeSpan.FromMilliseconds(300));
        _probe.End(ProbeOutcome.Failed);
        (await next).Should().BeTrue();
        _observations.Current.ProbeDuration.Should().Be(TimeSpan.FromMilliseconds(300));
        _observations.Current.State.Should().Be(new HealthState(HealthVerdict.Healthy, 1));
    }

    [Fact]
    public async Task A_check_that_takes_longer_than_the_interval_is_followed_by_the_next_at_once_and_by_one_only()
    {
        Start();
        var first = _observations!.MoveNextAsync().AsTask();
        await _probe.NextAskedAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        _probe.HasAsked.Should().BeFalse("checks do not pile up");
        _probe.End(ProbeOutcome.Success);
        await first;

        var second = _observations.MoveNextAsync().AsTask();
        await _probe.NextAskedAsync();
        _probe.End(ProbeOutcome.Success);
        await second;
        var third = _observations.MoveNextAsync().AsTask();
        _probe.HasAsked.Should().BeFalse("the five that were missed are not made up for");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _probe.NextAskedAsync();
        _probe.End(ProbeOutcome.Success);
        await third;
    }

    [Fact]
    public async Task The_jitter_makes_the_wait_longer()
    {
        Start(jitter: 0.5, chance: 1);
        await CheckAsync(ProbeOutcome.Success);

        var next = _observations!.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(1499));
        _probe.HasAsked.Should().BeFalse("it is not due");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _probe.NextAskedAsync();
        _probe.End(ProbeOutcome.Success);
        await next;
    }

    [Theory]
    [InlineData("Refused", "Unhealthy", 0)]
    [InlineData("Success", "Healthy", 0)]
    [InlineData("Failed", "Healthy", 1)]
    public async Task The_end_of_the_listening_socket_is_confirmed_at_once_on_a_new_connection(string outcome, string verdict, int contrary)
    {
        Start();
        await CheckAsync(ProbeOutcome.Success);

        var next = _observations!.MoveNextAsync().AsTask();
        await _probe.EndListenerAsync();
        await _probe.EndListenerAsync();
        (await _probe.NextAskedAsync()).Should().BeTrue("an old connection says nothing");
        _probe.End(Enum.Parse<ProbeOutcome>(outcome));
        await next;

        _observations.Current.State.Should().Be(new HealthState(Enum.Parse<HealthVerdict>(verdict), contrary), "no time has passed");
        _observations.Current.Confirming.Should().BeTrue();
    }

    [Fact]
    public async Task A_confirming_check_does_not_move_the_next_one()
    {
        Start();
        await CheckAsync(ProbeOutcome.Success);
        _time.Advance(TimeSpan.FromMilliseconds(600));
        var confirming = _observations!.MoveNextAsync().AsTask();
        await _probe.EndListenerAsync();
        await _probe.NextAskedAsync();
        _probe.End(ProbeOutcome.Success);
        await confirming;

        var next = _observations.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(399));
        _probe.HasAsked.Should().BeFalse("it is not due");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await _probe.NextAskedAsync()).Should().BeFalse();
        _probe.End(ProbeOutcome.Success);
        await next;
    }

    [Fact]
    public async Task Fail_static_holds_the_verdict_while_no_sibling_works_and_says_so()
    {
        Start(failStatic: TimeSpan.FromSeconds(10));
        await CheckAsync(ProbeOutcome.Success);
        await CheckAsync(ProbeOutcome.Failed);
        _siblings.Should().OnlyContain(sibling => !sibling.HasAsked, "only a fall makes it ask");

        var held = await CheckAsync(ProbeOutcome.Failed, ProbeOutcome.Failed, ProbeOutcome.Refused);
        held.Should().BeEquivalentTo(new { FailStatic = true, Changed = false, Failure = "Failed" });
        held.State.Verdict.Should().Be(HealthVerdict.Healthy);
        (await CheckAsync(ProbeOutcome.Success)).FailStatic.Should().BeTrue("one success is less than rise");
        (await CheckAsync(ProbeOutcome.Success)).Should().BeEquivalentTo(new { FailStatic = false, Changed = false });
        await CheckAsync(ProbeOutcome.Failed);
        (await CheckAsync(ProbeOutcome.Failed, ProbeOutcome.Failed, ProbeOutcome.Failed)).FailStatic.Should().BeTrue();
        (await CheckAsync(ProbeOutcome.Failed, ProbeOutcome.Failed, ProbeOutcome.Success)).Should().BeEquivalentTo(new { FailStatic = false, Changed = true });

        _log.Lines.Should().Equal(
            "Warning: Fail-static: the check here fails, the VIPs stay announced for 10 s at most, because every sibling fails its own check: Failed; Refused",
            "Information: Fail-static ends: the check here succeeds again",
            "Warning: Fail-static: the check here fails, the VIPs stay announced for 10 s at most, because every sibling fails its own check: Failed; Failed",
            "Warning: Fail-static ends: a sibling does not fail its check, there is another path");
    }

    [Fact]
    public async Task Fail_static_ends_when_its_time_is_over()
    {
        Start(failStatic: TimeSpan.FromSeconds(2));
        await CheckAsync(ProbeOutcome.Success);
        await CheckAsync(ProbeOutcome.Failed);
        (await CheckAsync(ProbeOutcome.Failed, ProbeOutcome.Failed, ProbeOutcome.Failed)).FailStatic.Should().BeTrue();
        (await CheckAsync(ProbeOutcome.Failed, ProbeOutcome.Failed, ProbeOutcome.Failed)).FailStatic.Should().BeTrue();

        (await CheckAsync(ProbeOutcome.Failed, ProbeOutcome.Failed, ProbeOutcome.Failed)).State.Should().Be(new HealthState(HealthVerdict.Unhealthy, 0));
        _log.Lines.Should().EndWith("Warning: Fail-static ends: 2 s are over");
    }

    [Theory]
    [InlineData("Distrusted")]
    [InlineData("Success")]
    public async Task A_sibling_that_does_not_fail_leaves_no_evidence(string one)
    {
        Start(failStatic: TimeSpan.FromSeconds(10));
        await CheckAsync(ProbeOutcome.Success);
        await CheckAsync(ProbeOutcome.Failed);

        (await CheckAsync(ProbeOutcome.Failed, Enum.Parse<ProbeOutcome>(one))).State.Verdict.Should().Be(HealthVerdict.Unhealthy, "the other sibling need not be waited for");
    }

    [Fact]
    public async Task Without_siblings_there_is_no_evidence()
    {
        (await new SiblingEvidence([]).FindAsync(CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task The_end_of_the_gate_ends_its_watch_and_its_probes()
    {
        Start();
        await CheckAsync(ProbeOutcome.Success);
        var next = _observations!.MoveNextAsync().AsTask();

        await _ending.CancelAsync();

        await FluentActions.Awaiting(() => next).Should().ThrowAsync<OperationCanceledException>();
        _probe.WatchEnded.Should().BeTrue();
        _probe.IsDisposed.Should().BeTrue();
        _siblings.Should().OnlyContain(sibling => sibling.IsDisposed);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_observations is not null)
        {
            await _observations.DisposeAsync();
        }

        _ending.Dispose();
    }

    private void Start(double jitter = 0, double chance = 0.5, TimeSpan? failStatic = null)
    {
        var options = new GateOptions
        {
            Probe = new GateProbe.Tcp(new HostPort("127.0.0.1", 6443)),
            Interval = TimeSpan.FromSeconds(1),
            Timeout = TimeSpan.FromSeconds(1),
            Fall = 2,
            Rise = 2,
            Jitter = jitter,
            ExpectedCodes = [],
            Tls = GateTlsOptions.None,
            FailStatic = failStatic is { } maxTime ? new FailStaticOptions { Siblings = [new("https://198.51.100.2/"), new("https://198.51.100.3/")], MaxTime = maxTime } : null,
        };
        var gate = new HealthGate(_probe, options, _probe, new SiblingEvidence(_siblings), () => chance, _time, _log.CreateLogger<HealthGate>());
        _observations = gate.WatchAsync(default, _ending.Token).GetAsyncEnumerator();
    }

    /// <summary>The next check at its time, and those of the siblings that are asked.</summary>
    private async Task<HealthObservation> CheckAsync(ProbeOutcome outcome, params ProbeOutcome[] siblings)
    {
        var next = _observations!.MoveNextAsync().AsTask();
        if (!_probe.HasAsked)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (await _probe.NextAskedAsync()).Should().BeFalse("it is no confirmation");
        _probe.End(outcome);
        for (var i = 0; i < siblings.Length; i++)
        {
            (await _siblings[i].NextAskedAsync()).Should().BeTrue("an old connection says nothing");
            _siblings[i].End(siblings[i]);
        }

        (await next.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
        return _observations.Current;
    }
}
