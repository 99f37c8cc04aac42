using System.Net;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser;

/// <summary>Remembers when and why things became what they are, for whoever asks. Thread-safe.</summary>
internal sealed class AdvertiserJournal(TimeProvider time)
{
    private const int Remembered = 20;

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly Queue<GateChange> _history = new();
    private readonly Dictionary<IPAddress, (DateTimeOffset Since, string Reason)> _announced = [];
    private readonly Dictionary<IPAddress, (DateTimeOffset Since, string Reason)> _withdrawn = [];
    private DateTimeOffset _configuredAt = time.GetUtcNow();
    private DateTimeOffset _verdictSince = time.GetUtcNow();
    private string? _lastFailure;
    private HealthObservation? _lastCheck;
    private (long Succeeded, long Failed, long FailedInARow) _checks;
    private long _reloads;
    private long _reloadsRefused;
    private IReadOnlyList<string> _reloadProblems = [];

    public void Announced(IReadOnlyList<BgpRoute> routes, string reason)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var address in _announced.Keys.Except(routes.Select(route => route.Prefix.Address)).ToList())
            {
                _announced.Remove(address);
                _withdrawn[address] = (now, reason);
            }

            foreach (var route in routes)
            {
                _announced.TryAdd(route.Prefix.Address, (now, reason));
                _withdrawn.Remove(route.Prefix.Address);
            }
        }
    }

    public void Observed(HealthObservation check)
    {
        lock (_gate)
        {
            _lastCheck = check;
            _lastFailure = check.Failure ?? _lastFailure;
            _checks = check.Failure is null
                ? (_checks.Succeeded + 1, _checks.Failed, 0)
                : (_checks.Succeeded, _checks.Failed + 1, _checks.FailedInARow + 1);
            if (!check.Changed)
            {
                return;
            }

            _verdictSince = time.GetUtcNow();
            _history.Enqueue(new GateChange(_verdictSince, check.State.Verdict, check.Failure));
            if (_history.Count > Remembered)
            {
                _history.Dequeue();
            }
        }
    }

    public void Reloaded()
    {
        lock (_gate)
        {
            _configuredAt = time.GetUtcNow();
            _reloadProblems = [];
            _reloads++;
        }
    }

    public void ReloadRefused(IReadOnlyList<string> problems)
    {
        lock (_gate)
        {
            _reloadProblems = problems;
            _reloadsRefused++;
        }
    }

    public HostStatus Report(AdvertiserState state, IReadOnlyCollection<IPAddress> inPlace, IReadOnlyList<PeerStatus> peers, BfdThreadStatus? bfdThread)
    {
        lock (_gate)
        {
            var verdict = state.Options.Gate is null ? HealthVerdict.Healthy : state.Health.Verdict;
            return new HostStatus(
                time.GetUtcNow(),
                _startedAt,
                state.Drain,
                [.. Vips(state, inPlace)],
                new GateStatus(verdict, _verdictSince, state.Health.Contrary, _lastFailure, [.. _history])
                {
                    ProbeDuration = _lastCheck?.ProbeDuration,
                    Target = _lastCheck?.Target,
                    IsConfigured = state.Options.Gate is not null,
                    ChecksSucceeded = _checks.Succeeded,
                    ChecksFailed = _checks.Failed,
                    ConsecutiveFailures = _checks.FailedInARow,
                    FailStatic = state.Health.IsHeld && state.Options.Gate is not null,
                },
                peers,
                _configuredAt,
                _reloadProblems)
            {
                Reloads = _reloads,
                ReloadsRefused = _reloadsRefused,
                BfdThread = bfdThread,
            };
        }
    }

    private IEnumerable<VipStatus> Vips(AdvertiserState state, IReadOnlyCollection<IPAddress> inPlace)
    {
        foreach (var vip in state.Options.Vips)
        {
            var addresses = state.AddressesOf(vip);
            if (addresses.IsEmpty)
            {
                yield return new VipStatus(vip.Name, null, vip.Interface, state.IsOpen, false, false, _startedAt, "the name is not resolved yet");
            }

            foreach (var address in addresses)
            {
                var announced = _announced.TryGetValue(address, out var change);
                var known = announced || _withdrawn.TryGetValue(address, out change);
                yield return new VipStatus(
                    vip.Name, address.ToString(), vip.Interface, state.IsOpen, inPlace.Contains(address), announced,
                    known ? change.Since : _startedAt, known ? change.Reason : "not announced since the start");
            }
        }
    }
}
