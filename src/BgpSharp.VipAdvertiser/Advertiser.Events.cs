using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser;

/// <summary>The loop, and where its events come from: the gate, DNS, the kernel. Each runs beside it and only posts to it.</summary>
internal sealed partial class Advertiser
{
    /// <summary>How often a name is looked up; kube-vip does it every three seconds.</summary>
    private static readonly TimeSpan ResolveInterval = TimeSpan.FromSeconds(3);

    private async Task HandleEventsAsync()
    {
        try
        {
            await foreach (var handle in _events.Reader.ReadAllAsync())
            {
                Handle(handle);
            }
        }
        finally
        {
            _events.Writer.TryComplete();
            _loopEnded.TrySetResult();
        }
    }

    /// <summary>Has the loop do something, unless it is too late: what is taken down must not be put up again.</summary>
    private void Post(Action handle) => _events.Writer.TryWrite(() =>
    {
        if (!_ending.IsCancellationRequested)
        {
            handle();
        }
    });

    /// <summary>Has the loop do something and waits for it.</summary>
    /// <exception cref="OperationCanceledException">The loop has ended without it.</exception>
    private async Task OnLoopAsync(Action handle)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _events.Writer.TryWrite(() =>
        {
            try
            {
                handle();
                done.TrySetResult();
            }
            catch (Exception e)
            {
                done.TrySetException(e);
                throw;
            }
        });
        await await Task.WhenAny(done.Task, _loopEnded.Task);
        if (!done.Task.IsCompleted)
        {
            throw new OperationCanceledException("the host is stopping");
        }

        await done.Task;
    }

    /// <summary>Begins to watch what the options name, instead of what earlier ones named.</summary>
    private void StartWatching()
    {
        _watching.Cancel();
        _watching = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        var ended = _watching.Token;
        _tasks.Run(() => WatchAddressesAsync(ended));
        foreach (var name in _state.Options.Vips.Where(vip => vip.Address is null).DistinctBy(vip => vip.Name))
        {
            _tasks.Run(() => FollowNameAsync(name, ended));
        }

        if (_state.Options.Gate is { } gate)
        {
            _tasks.Run(() => WatchGateAsync(gate, _state.Health, ended));
        }
    }

    private async Task WatchGateAsync(GateOptions options, HealthState health, CancellationToken ended)
    {
        var gate = _gates.Create(options, () => [.. _state.Addresses().Select(pair => pair.Address)]);
        await foreach (var check in gate.WatchAsync(health, ended))
        {
            if (check.Failure is null && check.State == health)
            {
                _journal.Observed(check); // Nothing for the loop to do, as nearly always.
                continue;
            }

            health = check.State;
            Post(() => Follow(check, ended));
        }
    }

    private async Task WatchAddressesAsync(CancellationToken ended)
    {
        while (true)
        {
            await _addresses.WaitForChangeAsync(ended);

            // One at a time, however often somebody changes them.
            await OnLoopAsync(() => Apply("addresses have changed", LogLevel.Warning));
        }
    }

    private async Task FollowNameAsync(VipOptions vip, CancellationToken ended)
    {
        IReadOnlyList<IPAddress> known = _state.Names.GetValueOrDefault(vip.Name, []);
        using var timer = new PeriodicTimer(ResolveInterval, _time);
        string? said = null;
        do
        {
            var (found, failure) = await ResolveAsync(vip, known, ended);
            if (failure is not null && failure != said)
            {
                // What is known stays: an unreachable DNS server is no reason to withdraw.
                LogNotResolved(vip.Name, failure);
            }

            said = failure;
            if (failure is null && !found.ToHashSet().SetEquals(known))
            {
                known = found;
                Post(() => Resolved(vip, found, ended));
            }
        }
        while (await timer.WaitForNextTickAsync(ended));
    }

    private async Task<(IReadOnlyList<IPAddress> Found, string? Failure)> ResolveAsync(VipOptions vip, IReadOnlyList<IPAddress> known, CancellationToken ended)
    {
        try
        {
            var answer = await _resolver.ResolveAsync(vip.Name, ended);
            var found = DnsChoice.Pick([.. answer.Where(address => !_state.Options.IsSessionEnd(address))], vip.DnsMode, known);
            return (found, found is [] ? "it has no address of the wanted family but those of sessions" : null);
        }
        catch (SocketException e)
        {
            return ([], e.Message);
        }
    }

    private void Resolved(VipOptions vip, IReadOnlyList<IPAddress> addresses, CancellationToken ended)
    {
        if (ended.IsCancellationRequested)
        {
            return; // Chosen by a configuration that another one has replaced.
        }

        LogResolved(vip.Name, string.Join(", ", addresses));
        _state = _state with { Names = _state.Names.SetItem(vip.Name, [.. addresses]) };
        Apply($"{vip.Name} is {string.Join(", ", addresses)}");
    }
}
