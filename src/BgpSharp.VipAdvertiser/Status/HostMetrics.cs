using System.Globalization;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The metrics of /metrics, kube-vip's names first. README's table says what each means.</summary>
internal static class HostMetrics
{
    public static string Make(HostStatus status, LibraryCounts library, ProcessFigures process)
    {
        var text = new MetricsText();
        KubeVip(text, status, process);
        Sessions(text, status, library);
        Gate(text, status.Gate);
        Vips(text, status);
        Host(text, status);
        Process(text, status, process);
        return text.ToString();
    }

    private static void KubeVip(MetricsText text, HostStatus status, ProcessFigures process)
    {
        text.Gauge("kube_vip_manager_bgp_session_info", "1 for the state that the session with a peer is in.");
        foreach (var peer in status.Peers)
        {
            foreach (var state in Enum.GetValues<BgpSessionState>())
            {
                var name = state.ToString();
                text.Sample(name == peer.State, ("state", "SESSION_STATE_" + name.ToUpperInvariant()), ("peer", peer.EndPoint));
            }
        }

        var plus = process.Version.IndexOf('+', StringComparison.Ordinal);
        text.Gauge("kube_vip_build_info", "1, with the version that runs.");
        text.Sample(
            1,
            ("version", plus < 0 ? process.Version : process.Version[..plus]),
            ("build", plus < 0 ? "" : process.Version[(plus + 1)..]),
            ("node", process.Node));
    }

    private static void Sessions(MetricsText text, HostStatus status, LibraryCounts library)
    {
        // A peer that is no longer configured is no longer told of.
        var names = status.Peers.DistinctBy(peer => peer.Address).ToDictionary(peer => peer.Address, peer => peer.EndPoint);
        text.Gauge("bgpsharp_session_up", "1 while the session with a peer is Established.");
        foreach (var peer in status.Peers)
        {
            text.Sample(peer.IsEstablished, ("peer", peer.EndPoint), ("asn", peer.Asn.ToString(CultureInfo.InvariantCulture)));
        }

        text.Counter("bgpsharp_session_transitions_total", "Changes of a session's state, by the state it went to.");
        foreach (var (peer, state, count) in library.Transitions.Where(found => names.ContainsKey(found.Peer)))
        {
            text.Sample(count, ("peer", names[peer]), ("state", state));
        }

        text.Counter("bgpsharp_session_downs_total", "Established sessions that ended, by reason.");
        foreach (var (peer, reason, count) in library.Downs.Where(found => names.ContainsKey(found.Peer)))
        {
            text.Sample(count, ("peer", names[peer]), ("reason", reason));
        }

        text.Counter("bgpsharp_messages_total", "BGP messages, by type and direction.");
        foreach (var count in library.Messages.Where(found => names.ContainsKey(found.Peer)))
        {
            text.Sample(count.Count, ("peer", names[count.Peer]), ("type", count.Type), ("direction", count.Direction));
        }

        text.Gauge("bgpsharp_prefixes_advertised", "Prefixes that a peer has from us.");
        foreach (var peer in status.Peers)
        {
            text.Sample(peer.PrefixesAdvertised, ("peer", peer.EndPoint));
        }

        text.Gauge("bgpsharp_prefixes_withheld", "Prefixes that are not sent to a peer; the log says why.");
        foreach (var peer in status.Peers)
        {
            text.Sample(peer.PrefixesWithheld, ("peer", peer.EndPoint));
        }

        text.Gauge("bgpsharp_bfd_up", "1 while BFD beside the session is up both ways.");
        foreach (var peer in status.Peers.Where(peer => peer.IsBfdUp is not null))
        {
            text.Sample(peer.IsBfdUp == true, ("peer", peer.EndPoint));
        }

        text.Counter("bgpsharp_bfd_downs_total", "How often BFD beside the session went down.");
        foreach (var peer in status.Peers.Where(peer => peer.IsBfdUp is not null))
        {
            text.Sample(peer.BfdDowns, ("peer", peer.EndPoint));
        }

        text.Gauge("bgpsharp_bfd_slowed", "1 while BFD sends more slowly than configured, since this process is late too often.");
        foreach (var peer in status.Peers.Where(peer => peer.IsBfdUp is not null))
        {
            text.Sample(peer.IsBfdSlowed, ("peer", peer.EndPoint));
        }

        if (status.BfdThread is { } thread)
        {
            text.Gauge("bgpsharp_bfd_longest_delay_seconds", "The longest that BFD's sending thread was late since the start.");
            text.Sample(thread.LongestDelay.TotalSeconds);
            text.Gauge("bgpsharp_bfd_realtime", "1 while BFD's sending thread has real-time priority (CAP_SYS_NICE).");
            text.Sample(thread.IsRealTime);
        }
    }

    private static void Gate(MetricsText text, GateStatus gate)
    {
        text.Gauge("bgpsharp_gate_healthy", "1 while the health check lets the VIPs be announced.");
        text.Sample(gate.Verdict == HealthVerdict.Healthy);
        text.Gauge("bgpsharp_gate_consecutive_failures", "Health checks that failed since the last one that succeeded.");
        text.Sample(gate.ConsecutiveFailures);
        text.Counter("bgpsharp_gate_checks_total", "Health checks, by result.");
        text.Sample(gate.ChecksSucceeded, ("result", "success"));
        text.Sample(gate.ChecksFailed, ("result", "failure"));
        text.Gauge("bgpsharp_gate_fail_static_active", "1 while the VIPs stay announced although the health check fails.");
        text.Sample(gate.FailStatic);
    }

    private static void Vips(MetricsText text, HostStatus status)
    {
        Each("bgpsharp_vip_wanted", "1 while the VIP should be on its interface and announced.", vip => vip.Wanted);
        Each("bgpsharp_vip_in_place", "1 while the VIP is on its interface.", vip => vip.InPlace);
        Each("bgpsharp_vip_announced", "1 while the VIP's route is announced to the peers.", vip => vip.Announced);

        void Each(string name, string help, Func<VipStatus, bool> value)
        {
            text.Gauge(name, help);
            foreach (var vip in status.Vips)
            {
                text.Sample(value(vip), ("vip", vip.Name), ("address", vip.Address ?? ""));
            }
        }
    }

    private static void Host(MetricsText text, HostStatus status)
    {
        text.Gauge("bgpsharp_drain_phase", "1 for the phase that the drain is in: none, draining or drained.");
        foreach (var phase in Enum.GetValues<DrainPhase>())
        {
            text.Sample(phase == status.Drain, ("phase", phase.ToString().ToLowerInvariant()));
        }

        text.Gauge("bgpsharp_ready", "1 while a session is Established and every VIP is where it should be.");
        text.Sample(status.IsReady);
        text.Counter("bgpsharp_reloads_total", "Configurations read again, by result.");
        text.Sample(status.Reloads, ("result", "applied"));
        text.Sample(status.ReloadsRefused, ("result", "refused"));
        text.Gauge("bgpsharp_reload_refused", "1 while the last configuration read again was refused.");
        text.Sample(status.ReloadProblems.Count > 0);
    }

    private static void Process(MetricsText text, HostStatus status, ProcessFigures process)
    {
        text.Gauge("process_start_time_seconds", "When the host started, in seconds since 1970.");
        text.Sample(status.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        text.Counter("process_cpu_seconds_total", "CPU time used.");
        text.Sample(process.CpuSeconds);
        text.Gauge("process_resident_memory_bytes", "Resident memory.");
        text.Sample(process.ResidentBytes);
        text.Counter("bgpsharp_gc_collections_total", "Garbage collections, by generation; one of a generation is also one of those below it.");
        for (var generation = 0; generation < process.Collections.Count; generation++)
        {
            text.Sample(process.Collections[generation], ("generation", generation.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
