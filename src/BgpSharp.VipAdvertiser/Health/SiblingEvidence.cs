namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Asks the other masters whether there is another path.</summary>
internal sealed class SiblingEvidence(IReadOnlyList<IHealthProbe> siblings) : IDisposable
{
    /// <summary>
    /// The evidence that there is no other path: what every sibling's own check failed of. Null when there is none,
    /// because there are no siblings or one has not failed. One that answers with a certificate we do not trust has not:
    /// it may well work for others.
    /// </summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (siblings.Count == 0)
        {
            return null;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ProbeResult>[] checks = [.. siblings.Select(sibling => sibling.ProbeAsync(fresh: true, enough.Token))];
        var works = false;
        await foreach (var check in Task.WhenEach(checks))
        {
            if (check is { IsCompletedSuccessfully: true, Result.Outcome: ProbeOutcome.Success or ProbeOutcome.Distrusted })
            {
                works = true;
                await enough.CancelAsync();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        await Task.WhenAll(checks.Where(check => check.IsFaulted));
        return works ? null : string.Join("; ", checks.Select(check => check.Result.Failure));
    }

    public void Dispose()
    {
        foreach (var sibling in siblings)
        {
            sibling.Dispose();
        }
    }
}
