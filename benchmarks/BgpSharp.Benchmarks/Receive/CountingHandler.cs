namespace BgpSharp.Benchmarks.Receive;

/// <summary>Counts prefixes and does nothing else.</summary>
internal sealed class CountingHandler : BgpPeerHandler
{
    private long _prefixes;

    public long Prefixes => Volatile.Read(ref _prefixes);

    public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
    {
        var prefixes = 0;
        foreach (var _ in update.AnnouncedPrefixes)
        {
            prefixes++;
        }

        Volatile.Write(ref _prefixes, _prefixes + prefixes);
        return ValueTask.CompletedTask;
    }
}
