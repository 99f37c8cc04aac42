using System.Net;
using System.Threading.Channels;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>Ends as the test says, and counts how it was asked.</summary>
internal sealed class ScriptedProbe : IHealthProbe, IListenerWatch
{
    private readonly Channel<ProbeOutcome> _outcomes = Channel.CreateUnbounded<ProbeOutcome>();
    private readonly Channel<bool> _asked = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource<Action> _ended = new();
    private int _running;

    public IPEndPoint? Answered => null;

    public bool IsDisposed { get; private set; }

    public bool WatchEnded { get; private set; }

    /// <summary>Whether the next check that begins was asked for a fresh connection.</summary>
    public async Task<bool> NextAskedAsync() => await _asked.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public bool HasAsked => _asked.Reader.TryPeek(out _);

    public void End(ProbeOutcome outcome) => _outcomes.Writer.TryWrite(outcome);

    /// <summary>The listening socket is gone.</summary>
    public async Task EndListenerAsync() => (await _ended.Task)();

    public async Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running).Should().Be(1, "checks do not pile up");
        _asked.Writer.TryWrite(fresh);
        var outcome = await _outcomes.Reader.ReadAsync(cancellationToken);
        Interlocked.Decrement(ref _running);
        return new ProbeResult(outcome, outcome == ProbeOutcome.Success ? null : outcome.ToString(), "the target");
    }

    public async Task RunAsync(Action ended, CancellationToken cancellationToken)
    {
        _ended.TrySetResult(ended);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            WatchEnded = true;
        }
    }

    public void Dispose() => IsDisposed = true;
}
