namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Asks the other masters whether there is another path.</summary>
internal sealed class SiblingEvidence(IReadOnlyList<IHealthProbe> siblings) : IDisposable
{
    /// <summary>
    /// True only when there are siblings and every one fails its own check. One that answers with a certificate we do not
    /// trust has not failed: it may well work for others.
    /// </summary>
    public async Task<bool> AllFailAsync(CancellationToken cancellationToken)
    {
        if (siblings.Count == 0)
        {
            return false;
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
        return !works;
    }

    public void Dispose()
    {
        foreach (var sibling in siblings)
        {
            sibling.Dispose();
        }
    }
}
