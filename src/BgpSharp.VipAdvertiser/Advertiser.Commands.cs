using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>
/// What operators ask for: drain, its undoing, reload. One has to end before the next begins; routers are waited for beside
/// the loop.
/// </summary>
internal sealed partial class Advertiser
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(10);

    public Task DrainAsync(string? message, CancellationToken cancellationToken) => InTurnAsync(() => DrainCoreAsync(message), cancellationToken);

    public Task UndoDrainAsync(CancellationToken cancellationToken) => InTurnAsync(UndoDrainCoreAsync, cancellationToken);

    public async Task<IReadOnlyList<string>> ReloadAsync(CancellationToken cancellationToken)
    {
        List<string> problems = [];
        await InTurnAsync(() => ReloadCoreAsync(problems), cancellationToken);
        return problems;
    }

    /// <param name="command">What was asked for.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    private async Task InTurnAsync(Func<Task> command, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _tasks.Run(async () =>
        {
            try
            {
                await _turn.WaitAsync(_leaving.Token);
                try
                {
                    await OnLoopAsync(static () => { }); // Not before the start is over.
                    await command();
                }
                finally
                {
                    _turn.Release();
                }

                done.TrySetResult();
            }
            catch (Exception e)
            {
                done.TrySetException(e is OperationCanceledException ? new OperationCanceledException("the host is stopping") : e);
                throw;
            }
        });
        await done.Task.WaitAsync(cancellationToken);
    }

    private async Task DrainCoreAsync(string? message)
    {
        if (_state.Drain == DrainPhase.Drained)
        {
            return;
        }

        await StopSessionsAsync(message, message is null ? "drained by command" : $"drained by command: {message}");
        await OnLoopAsync(() =>
        {
            _state = _state with { Drain = DrainPhase.Drained };
            Apply("drained");
            LogDrained();
        });
    }

    private async Task UndoDrainCoreAsync()
    {
        if (_state.Drain == DrainPhase.None)
        {
            return;
        }

        await OnLoopAsync(() =>
        {
            _state = _state with { Drain = DrainPhase.None };
            Apply("the drain was undone");
        });
        _started = true;
        await WatchedAsync(() => _announcer.ApplyAsync(_state.Options, _leaving.Token));
        LogDrainUndone();
    }

    /// <summary>What is announced stays so for the time of the drain, as long as it is well, and nothing else begins to be.</summary>
    private async Task StopSessionsAsync(string? message, string reason)
    {
        if (!_started)
        {
            return;
        }

        _started = false;
        await OnLoopOrInsteadAsync(() =>
        {
            _state = _state with { Drain = DrainPhase.Draining };
            foreach (var announcement in _announced)
            {
                LogDraining(announcement.Route.Prefix);
            }
        });
        await WatchedAsync(() => _announcer.StopAsync(message, _signals.Hurry));
        await OnLoopOrInsteadAsync(() =>
        {
            foreach (var announcement in _announced)
            {
                LogWithdrawn(LogLevel.Information, announcement.Route.Prefix, reason);
            }

            _announced = [];
            _journal.Announced([], reason);
        });
    }

    /// <summary>A loop that has failed leaves sessions to close all the same.</summary>
    private async Task OnLoopOrInsteadAsync(Action handle)
    {
        try
        {
            await OnLoopAsync(handle);
        }
        catch (OperationCanceledException) when (_loopEnded.Task.IsCompleted)
        {
            handle();
        }
    }

    private async Task ReloadCoreAsync(List<string> problems)
    {
        try
        {
            if (await LoadAsync(problems) is not { } options)
            {
                foreach (var problem in problems)
                {
                    LogReloadRefused(problem);
                }

                _journal.ReloadRefused([.. problems]);
                return;
            }

            var sessions = Task.CompletedTask;
            await OnLoopAsync(() => sessions = Reconfigure(options));
            await WatchedAsync(() => sessions);
            LogReloaded();
            Reconfigured?.Invoke(options);
        }
        finally
        {
            Reloaded?.Invoke();
        }
    }

    /// <summary>A file may be on a disk that does not answer, or be a pipe that nobody writes to: nothing else waits for it.</summary>
    private async Task<AdvertiserOptions?> LoadAsync(List<string> problems)
    {
        var load = Task.Run(() =>
        {
            List<string> found = [];
            Reloading?.Invoke();
            return (Options: _loader.Load(found), Problems: found);
        });
        try
        {
            var (options, found) = await load.WaitAsync(LoadLimit, _time, _leaving.Token);
            problems.AddRange(found);
            return options;
        }
        catch (TimeoutException)
        {
            problems.Add(FormattableString.Invariant($"the configuration could not be read within {LoadLimit.TotalSeconds} s"));
            return null;
        }
    }

    /// <summary>Makes new options the wanted state. The result is the change of the sessions, begun: routers are not waited for here.</summary>
    private Task Reconfigure(AdvertiserOptions options)
    {
        foreach (var remark in options.Remarks.Except(_state.Options.Remarks))
        {
            LogRemark(remark);
        }

        // A gate that comes new has to find failures first, as one that goes on has: reading a file moves no route.
        var health = _state.Options.Gate is null ? new HealthState(HealthVerdict.Healthy, 0) : _state.Health;
        _state = _state with { Options = options, Health = health };
        _journal.Reloaded();
        var sessions = _state.Drain == DrainPhase.None ? _announcer.ApplyAsync(options, _leaving.Token) : Task.CompletedTask;
        StartWatching();
        Apply("the configuration was read again");
        return sessions;
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
