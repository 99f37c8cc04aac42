using System.Net;
using System.Text.RegularExpressions;

namespace BgpSharp.Interop.Harness;

/// <summary>Every change of the kernel's routes in a namespace, as <c>ip monitor route</c> prints it: a line each.</summary>
internal sealed partial class RouteMonitor
{
    private const string FirstMarker = "203.0.113.254";
    private const string Marker = "203.0.113.255";
    private readonly string _ns;
    private readonly LabProcess _monitor;

    private RouteMonitor(string ns, LabProcess monitor)
    {
        _ns = ns;
        _monitor = monitor;
    }

    /// <summary>Starts to watch; returns when the monitor has seen a route come.</summary>
    public static async Task<RouteMonitor> StartAsync(Lab lab, string ns)
    {
        var monitor = new RouteMonitor(ns, lab.Start(ns, "ip", "-o", "monitor", "route"));
        await Poll.UntilAsync(
            async () =>
            {
                // It has to go again: of a route that is there already the kernel says nothing.
                await Ip.BatchAsync(ns, $"route replace blackhole {FirstMarker}/32", $"route del blackhole {FirstMarker}/32");
                return string.Join('\n', monitor._monitor.Lines);
            },
            lines => lines.Contains(FirstMarker, StringComparison.Ordinal),
            "the monitor sees a route come");
        return monitor;
    }

    /// <summary>The deletions so far of routes to an address; a marker of its own makes sure that none is missed.</summary>
    public async Task<IReadOnlyList<string>> DeletedAsync(string address)
    {
        var from = _monitor.Lines.Count;
        await Ip.BatchAsync(_ns, $"route replace blackhole {Marker}/32", $"route del blackhole {Marker}/32");
        await _monitor.WaitForLineAsync(line => IsDeletion(line, Marker), from: from);
        return [.. _monitor.Lines.Where(line => IsDeletion(line, address))];
    }

    /// <summary>What an address was routed to after each change so far: the next hops, none where the route was deleted.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<IPAddress>>> NextHopsAsync(IPAddress address)
    {
        await DeletedAsync($"{address}");
        return
        [
            .. _monitor.Lines.Where(line => line.StartsWith($"{address} ", StringComparison.Ordinal) || IsDeletion(line, $"{address}"))
                .Select(line => IsDeletion(line, $"{address}") ? (IReadOnlyList<IPAddress>)[] : [.. Gateway().Matches(line).Select(m => IPAddress.Parse(m.Groups[1].Value))]),
        ];
    }

    /// <summary>Ends the watch.</summary>
    public Task StopAsync() => _monitor.StopAsync(Signal.Interrupt);

    [GeneratedRegex(@"\bvia (?:inet6? )?([0-9a-f.:]+)")]
    private static partial Regex Gateway();

    private static bool IsDeletion(string line, string address) =>
        line.StartsWith("Deleted", StringComparison.Ordinal) && line.Contains($"{address} ", StringComparison.Ordinal);
}
