using System.Threading.Channels;

namespace BgpSharp.Tests.Session;

/// <summary>Writes down what it is told, in order.</summary>
internal sealed class RecordingHandler : BgpPeerHandler
{
    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

    /// <summary>Awaited inside each UPDATE call, to be slow on purpose; or throws.</summary>
    public Func<BgpUpdate, Task>? OnUpdate { get; init; }

    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Patience);
        return await _calls.Reader.ReadAsync(limit.Token);
    }

    public bool TryNext(out string? call) => _calls.Reader.TryRead(out call);

    public override ValueTask OnEstablishedAsync(BgpSession session, CancellationToken cancellationToken)
    {
        _calls.Writer.TryWrite($"established AS {session.RemoteAsn}");
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
    {
        var kept = update.ToUpdate();
        _calls.Writer.TryWrite($"update +{string.Join(',', kept.Announced.Select(route => route.Prefix))} -{string.Join(',', kept.Withdrawn)}");
        return OnUpdate is null ? ValueTask.CompletedTask : new ValueTask(OnUpdate(kept));
    }

    public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
    {
        _calls.Writer.TryWrite($"down {reason.Kind}{string.Concat(reason.FamiliesKept.Select(family => $", {family} kept"))}");
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnStaleRoutesGoneAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken)
    {
        _calls.Writer.TryWrite($"gone {string.Join(',', prefixes.Order())}");
        return ValueTask.CompletedTask;
    }
}
