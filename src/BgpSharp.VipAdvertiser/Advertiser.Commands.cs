using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>What operators ask for: drain, its undoing, reload.</summary>
internal sealed partial class Advertiser
{
    private async Task DrainCoreAsync(string? message)
    {
        if (_state.Drain == DrainPhase.Drained)
        {
            return;
        }

        _state = _state with { Drain = DrainPhase.Draining };
        await StopSessionsAsync(message, message is null ? "drained by command" : $"drained by command: {message}");
        _state = _state with { Drain = DrainPhase.Drained, Lingering = _state.Lingering.Clear() };
        Apply("drained");
        LogDrained();
    }

    private async Task UndoDrainCoreAsync()
    {
        if (_state.Drain == DrainPhase.None)
        {
            return;
        }

        _state = _state with { Drain = DrainPhase.None };
        Apply("the drain was undone");
        await _announcer.ApplyAsync(_state.Options, _ending.Token);
        _started = true;
        LogDrainUndone();
    }

    private async Task StopSessionsAsync(string? message, string reason)
    {
        if (!_started)
        {
            return;
        }

        _started = false;
        foreach (var announcement in _announced)
        {
            LogDraining(announcement.Route.Prefix);
        }

        await _announcer.StopAsync(message, _signals.Hurry);
        foreach (var announcement in _announced)
        {
            LogWithdrawn(LogLevel.Information, announcement.Route.Prefix, reason);
        }

        _announced = [];
        _journal.Announced([], reason);
    }

    private async Task<IReadOnlyList<string>> ReloadCoreAsync()
    {
        List<string> problems = [];
        Reloading?.Invoke();
        if (_loader.Load(problems) is not { } options)
        {
            foreach (var problem in problems)
            {
                LogReloadRefused(problem);
            }

            _journal.ReloadRefused(problems);
            return problems;
        }

        foreach (var remark in options.Remarks.Except(_state.Options.Remarks))
        {
            LogRemark(remark);
        }

        // A gate that comes new has to find failures first, as one that goes on has: reading a file moves no route.
        var health = _state.Options.Gate is null ? new HealthState(HealthVerdict.Healthy, 0) : _state.Health;
        _state = _state with { Options = options, Health = health };
        _journal.Reloaded();
        if (_state.Drain == DrainPhase.None)
        {
            await _announcer.ApplyAsync(options, _ending.Token);
        }

        StartWatching();
        Apply("the configuration was read again");
        LogReloaded();
        Reconfigured?.Invoke(options);
        return problems;
    }

    private void Follow(HealthObservation check, CancellationToken ended)
    {
        if (ended.IsCancellationRequested)
        {
            return; // Of a gate that another one has replaced.
        }

        _state = _state with { Health = check.State };
        _journal.Observed(check);
        switch (check)
        {
            case { Changed: true, Failure: null }:
                Apply("the health check succeeds");
                break;
            case { Changed: true, Failure: { } failure } when _announced.Count > 0:
                Apply(Reason(check, failure), LogLevel.Warning);
                break;
            case { Changed: true, Failure: { } failure }:
                LogNotAnnounced(failure);
                Apply("the first health check failed"); // What was left behind and kept until now goes.
                break;
            case { State.Verdict: HealthVerdict.Healthy, FailStatic: false, Failure: { } failure }:
                LogCheckFailed(check.State.Contrary, _state.Options.Gate!.Fall, failure);
                break;
            case { Failure: { } failure }:
                LogStillFailing(failure);
                break;
        }
    }

    private string Reason(HealthObservation check, string failure) => check.Confirming
        ? $"its listening socket is gone: {failure}"
        : FormattableString.Invariant($"{_state.Options.Gate!.Fall} health checks in a row failed, the last: {failure}");
}
