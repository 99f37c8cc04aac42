using System.Globalization;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The parts of the page, from top to bottom.</summary>
internal static class PageSections
{
    public static void AddHeader(HtmlText html, HostStatus status, IReadOnlyList<Trouble> troubles, string name)
    {
        html.Add($"""<header class="{Class(troubles.Count > 0 ? troubles[0].Level : TroubleLevel.None)}"><h1>{(troubles.Count > 0 ? troubles[0].Word : "OK")}</h1><p>{name}, up {StatusText.Age(status.Time - status.StartedAt)}, at {Clock(status.Time)}</p>""");
        if (troubles.Count > 0)
        {
            html.Add($"<ul>");
            foreach (var trouble in troubles)
            {
                html.Add($"""<li class="{Class(trouble.Level)}">{trouble.Text}</li>""");
            }

            html.Add($"</ul>");
        }
        else
        {
            html.Add($"<p>{status.Vips.Count} of {status.Vips.Count} VIPs announced, {status.Peers.Count} of {status.Peers.Count} sessions Established.</p>");
        }

        html.Add($"</header>\n");
    }

    public static void AddVips(HtmlText html, HostStatus status)
    {
        Begin(html, "VIPs");
        foreach (var vip in status.Vips)
        {
            var level = vip.Announced ? TroubleLevel.None : status.Drain != DrainPhase.None ? TroubleLevel.Warning : TroubleLevel.Bad;
            BeginCard(html, vip.Name, vip.Announced ? "announced" : "not announced", level);
            Row(html, "For", StatusText.Age(status.Time - vip.Since));
            Row(html, "Because", vip.Reason);
            Row(html, "Address", vip.Address ?? "not resolved yet");
            Row(html, "Interface", vip.Interface ?? "of the default route");
            Row(html, "Address is", vip.InPlace ? "in place" : vip.Wanted ? "missing" : "off");
            EndCard(html);
        }

        End(html);
    }

    public static void AddSessions(HtmlText html, HostStatus status)
    {
        Begin(html, "Sessions");
        foreach (var peer in status.Peers)
        {
            var level = peer is { IsEstablished: true, IsBfdUp: not false } ? TroubleLevel.None
                : peer.IsEstablished || status.Drain != DrainPhase.None ? TroubleLevel.Warning : TroubleLevel.Bad;
            BeginCard(html, peer.EndPoint, peer.State, level);
            Row(html, "Established", peer.EstablishedAt is { } since ? $"for {StatusText.Age(status.Time - since)}" : "no");
            if (peer.Explanation is { } why)
            {
                Row(html, "Why", why);
            }

            Row(html, "Last error", peer.LastDown ?? "none");
            Row(html, "AS", Number(peer.Asn));
            Row(html, "Hold time", peer.HoldTime is { } hold ? string.Create(CultureInfo.InvariantCulture, $"{hold.TotalSeconds:0} s") : "-");
            Row(html, "BFD", peer.Bfd ?? "not configured");
            Row(html, "BFD downs", Number(peer.BfdDowns));
            Row(html, "Routes", $"{Number(peer.PrefixesAdvertised)} announced, {Number(peer.PrefixesWithheld)} withheld");
            Row(html, "Sessions lost", Number(peer.SessionsLost));
            EndCard(html);
        }

        if (status.Peers.Count == 0)
        {
            html.Add($"<p>None is open.</p>");
        }

        End(html);
    }

    public static void AddHealth(HtmlText html, HostStatus status)
    {
        var gate = status.Gate;
        Begin(html, "Health check");
        if (!gate.IsConfigured)
        {
            html.Add($"<p>None is configured: the VIPs are announced whatever happens to the service.</p>");
            End(html);
            return;
        }

        var level = gate.Verdict switch
        {
            HealthVerdict.Healthy when !gate.FailStatic => TroubleLevel.None,
            HealthVerdict.Unhealthy => TroubleLevel.Bad,
            _ => TroubleLevel.Warning,
        };
        BeginCard(html, gate.Target ?? "not asked yet", gate.FailStatic ? "held by fail-static" : Words(gate.Verdict), level);
        Row(html, "For", StatusText.Age(status.Time - gate.Since));
        Row(html, "Last failure", gate.LastFailure ?? "none");
        Row(html, "Failed in a row", Number(gate.ConsecutiveFailures));
        Row(html, "Checks", $"{Number(gate.ChecksSucceeded)} succeeded, {Number(gate.ChecksFailed)} failed");
        Row(html, "Check took", gate.ProbeDuration is { } took ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0.0} ms") : "-");
        RowOf(html, "History", gate.History.Reverse(), change =>
            html.Add($"<time>{Clock(change.Time)}</time> {Words(change.Verdict)}{(change.Failure is { } why ? $": {why}" : "")}"));
        EndCard(html);
        End(html);
    }

    public static void AddHost(HtmlText html, HostStatus status)
    {
        Begin(html, "Host");
        var level = status.Drain != DrainPhase.None ? TroubleLevel.Warning
            : !status.IsReady ? TroubleLevel.Bad
            : status.ReloadProblems.Count > 0 ? TroubleLevel.Warning : TroubleLevel.None;
        BeginCard(html, "This process", status.IsReady ? "ready" : "not ready", level);
        Row(html, "Drain", status.Drain switch
        {
            DrainPhase.Draining => $"draining: {Trouble.DrainText(status)}",
            DrainPhase.Drained => "drained",
            _ => "not drained",
        });
        Row(html, "Configuration", $"read {StatusText.Age(status.Time - status.ConfiguredAt)} ago");
        Row(html, "Reloads", $"{Number(status.Reloads)} in force, {Number(status.ReloadsRefused)} refused");
        if (status.ReloadProblems.Count > 0)
        {
            RowOf(html, "Refused because", status.ReloadProblems, problem => html.Add($"{problem}"));
        }

        EndCard(html);
        End(html);
    }

    private static void Begin(HtmlText html, string title) => html.Add($"""<section><h2>{title}</h2><div class="cards">""");

    private static void End(HtmlText html) => html.Add($"</div></section>\n");

    private static void BeginCard(HtmlText html, string name, string state, TroubleLevel level) =>
        html.Add($"""<article class="{Class(level)}"><h3><span>{name}</span> <b>{state}</b></h3><dl>""");

    private static void EndCard(HtmlText html) => html.Add($"</dl></article>");

    private static void Row(HtmlText html, string term, string value) => html.Add($"<div><dt>{term}</dt><dd>{value}</dd></div>");

    private static void RowOf<T>(HtmlText html, string term, IEnumerable<T> values, Action<T> add)
    {
        html.Add($"<div><dt>{term}</dt><dd><ol>");
        foreach (var value in values)
        {
            html.Add($"<li>");
            add(value);
            html.Add($"</li>");
        }

        html.Add($"</ol></dd></div>");
    }

    private static string Class(TroubleLevel level) => level switch
    {
        TroubleLevel.Bad => "bad",
        TroubleLevel.Warning => "warning",
        _ => "fine",
    };

    private static string Words(HealthVerdict verdict) => verdict switch
    {
        HealthVerdict.Healthy => "healthy",
        HealthVerdict.Unhealthy => "unhealthy",
        _ => "not known yet",
    };

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd' 'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
