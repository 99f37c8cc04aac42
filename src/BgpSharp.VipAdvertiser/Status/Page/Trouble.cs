using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What an operator has to know before everything else.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Word">For the title.</param>
/// <param name="Text">In a sentence.</param>
internal sealed record Trouble(TroubleLevel Level, string Word, string Text)
{
    /// <summary>All there is, the worst first.</summary>
    public static IReadOnlyList<Trouble> Of(HostStatus status) => [.. Find(status).OrderByDescending(trouble => trouble.Level)];

    private static IEnumerable<Trouble> Find(HostStatus status) =>
        [.. status.Drain == DrainPhase.None ? Serving(status) : Drained(status), .. Health(status), .. Reload(status)];

    /// <summary>That nothing is announced and no session is open is what was asked for.</summary>
    private static IEnumerable<Trouble> Drained(HostStatus status) => status.Drain == DrainPhase.Draining
        ? [new(TroubleLevel.Warning, "DRAINING", $"Draining: traffic moves away, then the routes go. {DrainText(status)}.")]
        : [new(TroubleLevel.Warning, "DRAINED", "Drained: nothing is announced until 'bgpsharp-vip drain --undo' or a new start.")];

    /// <summary>How far the drain has come.</summary>
    public static string DrainText(HostStatus status) =>
        $"{status.Vips.Count(vip => vip.Announced)} of {status.Vips.Count} VIPs are still announced, {status.Peers.Count(peer => peer.IsEstablished)} of {status.Peers.Count} sessions still Established";

    private static IEnumerable<Trouble> Serving(HostStatus status)
    {
        var oneIsUp = status.Peers.Any(peer => peer.IsEstablished);
        if (!oneIsUp)
        {
            yield return new(TroubleLevel.Bad, "NOT READY", $"Not ready: no session is Established{(status.Peers.Count == 0 ? ", none is open yet" : "")}.");
        }

        foreach (var reason in status.MissingAddresses())
        {
            yield return new(TroubleLevel.Bad, "NOT READY", $"Not ready: {reason}.");
        }

        foreach (var vip in status.Vips.Where(vip => !vip.Announced))
        {
            yield return new(TroubleLevel.Bad, "NOT ANNOUNCED", $"{vip.Address ?? vip.Name} is not announced, for {StatusText.Age(status.Time - vip.Since)}: {vip.Reason}.");
        }

        foreach (var peer in status.Peers)
        {
            if (!peer.IsEstablished)
            {
                yield return new(oneIsUp ? TroubleLevel.Warning : TroubleLevel.Bad, "SESSION DOWN", $"{peer.EndPoint} (AS {peer.Asn}) is {peer.State}{((peer.Explanation ?? peer.LastDown) is { } why ? $": {why}" : "")}");
            }

            if (peer is { IsEstablished: true, IsBfdUp: false })
            {
                yield return new(TroubleLevel.Warning, "BFD DOWN", $"BFD with {peer.EndPoint} is not up: {peer.Bfd}.");
            }

            if (peer.PrefixesWithheld > 0)
            {
                yield return new(TroubleLevel.Warning, "WITHHELD", $"{peer.EndPoint} is not sent {peer.PrefixesWithheld} of the routes; the log says why.");
            }
        }
    }

    private static IEnumerable<Trouble> Health(HostStatus status)
    {
        var gate = status.Gate;
        if (!gate.IsConfigured)
        {
            yield break;
        }

        var failure = gate.LastFailure ?? "no check has ended yet";
        if (gate.FailStatic)
        {
            yield return new(TroubleLevel.Warning, "FAIL-STATIC", $"The health check fails, and the VIPs stay announced, because every other path fails too: {failure}.");
        }
        else if (gate.Verdict != HealthVerdict.Healthy)
        {
            yield return gate.Verdict == HealthVerdict.Unhealthy
                ? new(TroubleLevel.Bad, "UNHEALTHY", $"The health check has failed for {StatusText.Age(status.Time - gate.Since)}: {failure}.")
                : new(TroubleLevel.Warning, "UNDECIDED", $"The health check has no verdict yet: {failure}.");
        }
        else if (gate.ConsecutiveFailures > 0)
        {
            yield return new(TroubleLevel.Warning, "CHECKS FAIL", $"The health check still counts as healthy, but {(gate.ConsecutiveFailures == 1 ? "the last one" : $"the last {gate.ConsecutiveFailures}")} failed: {failure}.");
        }
    }

    private static IEnumerable<Trouble> Reload(HostStatus status) => status.ReloadProblems.Select(problem =>
        new Trouble(TroubleLevel.Warning, "RELOAD REFUSED", $"The last reload was refused, the configuration before it goes on: {problem}."));
}
