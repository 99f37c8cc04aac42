using System.Globalization;
using System.Text;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>A <see cref="HostStatus"/> as lines for an operator's terminal and for the log.</summary>
internal static class StatusText
{
    /// <summary>The last changes of the verdict that are printed; JSON has more.</summary>
    private const int ChangesShown = 5;

    public static string Make(HostStatus status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Up {Age(status.Time - status.StartedAt)}, {(status.IsReady ? "ready" : "NOT READY")}, ")
            .Append(CultureInfo.InvariantCulture, $"{Drain(status.Drain)}, configuration read {Age(status.Time - status.ConfiguredAt)} ago\n");
        foreach (var reason in status.NotReady)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not ready: {Clean(reason)}\n");
        }

        foreach (var problem in status.ReloadProblems)
        {
            text.Append(CultureInfo.InvariantCulture, $"  last reload refused: {Clean(problem)}\n");
        }

        AppendGate(text, status);
        text.Append('\n').Append(Vips(status)).Append('\n').Append(Peers(status));
        foreach (var peer in status.Peers.Where(peer => peer.Explanation is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"{peer.EndPoint}: {Clean(peer.Explanation!)}\n");
        }

        if (status.BfdThread is { } thread)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nBFD was late by {thread.LongestDelay.TotalMilliseconds:0.0} ms at most, {(thread.IsRealTime ? "with" : "WITHOUT")} real-time priority, packets {(thread.SendsAhead ? "sent ahead" : "NOT sent ahead")}\n");
        }

        return text.ToString();
    }

    /// <summary>A peer chooses some of these texts: what a terminal could act on is not passed on.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (clean, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            clean[i] = char.IsControl(from[i]) || char.GetUnicodeCategory(from[i]) == UnicodeCategory.Format ? '?' : from[i];
        }
    });

    /// <summary>The two largest units.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => FormattableString.Invariant($"{age.Days}d{age.Hours}h"),
        { TotalHours: >= 1 } => FormattableString.Invariant($"{age.Hours}h{age.Minutes}m"),
        { TotalMinutes: >= 1 } => FormattableString.Invariant($"{age.Minutes}m{age.Seconds}s"),
        _ => FormattableString.Invariant($"{Math.Max(0, age.Seconds)}s"),
    };

    private static string Drain(DrainPhase phase) => phase switch
    {
        DrainPhase.Draining => "DRAINING",
        DrainPhase.Drained => "DRAINED",
        _ => "not drained",
    };

    private static void AppendGate(StringBuilder text, HostStatus status)
    {
        var gate = status.Gate;
        if (!gate.IsConfigured)
        {
            text.Append("Health check: none is configured\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"Health check: {Verdict(gate.Verdict)} for {Age(status.Time - gate.Since)}, ")
            .Append(CultureInfo.InvariantCulture, $"{gate.ChecksSucceeded} succeeded, {gate.ChecksFailed} failed, {gate.ConsecutiveFailures} failed in a row")
            .Append(gate.FailStatic ? ", HELD BY FAIL-STATIC\n" : "\n");
        if (gate.LastFailure is { } failure)
        {
            text.Append(CultureInfo.InvariantCulture, $"  last failure: {Clean(failure)}\n");
        }

        foreach (var change in gate.History.Skip(gate.History.Count - ChangesShown))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {change.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {Verdict(change.Verdict)}")
                .Append(change.Failure is { } why ? $": {Clean(why)}\n" : "\n");
        }
    }

    private static string Verdict(HealthVerdict verdict) => verdict switch
    {
        HealthVerdict.Healthy => "healthy",
        HealthVerdict.Unhealthy => "UNHEALTHY",
        _ => "not known yet",
    };

    private static TextTable Vips(HostStatus status)
    {
        var table = new TextTable("VIP", "ADDRESS", "INTERFACE", "ADDRESS IS", "ROUTE IS", "FOR", "BECAUSE");
        foreach (var vip in status.Vips)
        {
            table.Add(
                vip.Name, vip.Address ?? "-", vip.Interface ?? "default route's",
                vip.InPlace ? "in place" : vip.Wanted ? "MISSING" : "off",
                vip.Announced ? "announced" : vip.Wanted ? "WITHDRAWN" : "withdrawn",
                Age(status.Time - vip.Since), Clean(vip.Reason));
        }

        return table;
    }

    private static TextTable Peers(HostStatus status)
    {
        var table = new TextTable("PEER", "AS", "STATE", "FOR", "HOLD", "BFD", "ROUTES", "WITHHELD", "LOST", "LAST DOWN");
        foreach (var peer in status.Peers)
        {
            table.Add(
                peer.EndPoint, Number(peer.Asn), peer.State,
                peer.EstablishedAt is { } since ? Age(status.Time - since) : "-",
                peer.HoldTime is { } hold ? FormattableString.Invariant($"{hold.TotalSeconds:0}s") : "-",
                peer switch { { IsBfdUp: null } => "-", { IsBfdSlowed: true } => "SLOW", { IsBfdUp: true } => "up", _ => "DOWN" },
                Number(peer.PrefixesAdvertised), Number(peer.PrefixesWithheld), Number(peer.SessionsLost), Clean(peer.LastDown ?? "-"));
        }

        return table;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
