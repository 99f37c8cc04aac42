using System.Globalization;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The metrics, in whatever form they leave, kube-vip's names first. README's table says what each means.</summary>
internal static class HostMetrics
{
    /// <summary>The text of /metrics.</summary>
    public static string Make(HostStatus status, LibraryCounts library, ProcessFigures process)
    {
        var text = new MetricsText();
        Write(text, status, library, process);
        return text.ToString();
    }

    public static void Write(MetricsWriter metrics, HostStatus status, LibraryCounts library, ProcessFigures process)
    {
        KubeVip(metrics, status, process);
        Sessions(metrics, status, library);
        Bfd(metrics, status);
        Gate(metrics, status.Gate);
        Vips(metrics, status);
        Host(metrics, status);
        Process(metrics, status, process);
    }

    private static void KubeVip(MetricsWriter metrics, HostStatus status, ProcessFigures process)
    {
        metrics.Gauge("kube_vip_manager_bgp_session_info", "1 for the state that the session with a peer is in.");
        foreach (var peer in status.Peers)
        {
            foreach (var state in Enum.GetValues<BgpSessionState>())
            {
                var name = state.ToString();
                metrics.Sample(name == peer.State, ("state", "SESSION_STATE_" + name.ToUpperInvariant()), ("peer", peer.EndPoint));
            }
        }

        var plus = process.Version.IndexOf('+', StringComparison.Ordinal);
        metrics.Gauge("kube_vip_build_info", "1, with the version that runs.");
        metrics.Sample(
            1,
            ("version", plus < 0 ? process.Version : process.Version[..plus]),
            ("build", plus < 0 ? "" : process.Version[(plus + 1)..]),
            ("node", process.Node));
    }

    private static void Sessions(MetricsWriter metrics, HostStatus status, LibraryCounts library)
    {
        // A peer that is no longer configured is no longer told of.
        var names = status.Peers.DistinctBy(peer => peer.Address).ToDictionary(peer => peer.Address, peer => peer.EndPoint);
        metrics.Gauge("bgpsharp_session_up", "1 while the session with a peer is Established.");
        foreach (var peer in status.Peers)
        {
            metrics.Sample(peer.IsEstablished, ("peer", peer.EndPoint), ("asn", peer.Asn.ToString(CultureInfo.InvariantCulture)));
        }

        metrics.Counter("bgpsharp_session_transitions_total", "Changes of a session's state, by the state it went to.");
        foreach (var (peer, state, count) in library.Transitions.Where(found => names.ContainsKey(found.Peer)))
        {
            metrics.Sample(count, ("peer", names[peer]), ("state", state));
        }

        metrics.Counter("bgpsharp_session_downs_total", "Established sessions that ended, by reason.");
        foreach (var (peer, reason, count) in library.Downs.Where(found => names.ContainsKey(found.Peer)))
        {
            metrics.Sample(count, ("peer", names[peer]), ("reason", reason));
        }

        metrics.Counter("bgpsharp_messages_total", "BGP messages, by type and direction.");
        foreach (var count in library.Messages.Where(found => names.ContainsKey(found.Peer)))
        {
            metrics.Sample(count.Count, ("peer", names[count.Peer]), ("type", count.Type), ("direction", count.Direction));
        }

        metrics.Gauge("bgpsharp_prefixes_advertised", "Prefixes that a peer has from us.");
        foreach (var peer in status.Peers)
        {
            metrics.Sample(peer.PrefixesAdvertised, ("peer", peer.EndPoint));
        }

        metrics.Gauge("bgpsharp_prefixes_withheld", "Prefixes that are not sent to a peer; the log says why.");
        foreach (var peer in status.Peers)
        {
            metrics.Sample(peer.PrefixesWithheld, ("peer", peer.EndPoint));
        }
    }

    private static void Bfd(MetricsWriter metrics, HostStatus status)
    {
        var peers = status.Peers.Where(peer => peer.IsBfdUp is not null).ToList();
        metrics.Gauge("bgpsharp_bfd_up", "1 while BFD beside the session is up both ways.");
        peers.ForEach(peer => metrics.Sample(peer.IsBfdUp == true, ("peer", peer.EndPoint)));
        metrics.Counter("bgpsharp_bfd_downs_total", "How often BFD beside the session went down.");
        peers.ForEach(peer => metrics.Sample(peer.BfdDowns, ("peer", peer.EndPoint)));
        metrics.Gauge("bgpsharp_bfd_slowed", "1 while BFD sends more slowly than configured, since this process is late too often.");
        peers.ForEach(peer => metrics.Sample(peer.IsBfdSlowed, ("peer", peer.EndPoint)));
        if (status.BfdThread is { } thread)
        {
            metrics.Gauge("bgpsharp_bfd_longest_delay_seconds", "The longest that BFD's sending thread was late since the start.");
            metrics.Sample(thread.LongestDelay.TotalSeconds);
            metrics.Gauge("bgpsharp_bfd_realtime", "1 while BFD's sending thread has real-time priority (CAP_SYS_NICE).");
            metrics.Sample(thread.IsRealTime);
            metrics.Gauge("bgpsharp_bfd_sends_ahead", "1 while the kernel has BFD's packets before their time (io_uring).");
            metrics.Sample(thread.SendsAhead);
        }
    }

    private static void Gate(MetricsWriter metrics, GateStatus gate)
    {
        metrics.Gauge("bgpsharp_gate_healthy", "1 while the health check lets the VIPs be announced.");
        metrics.Sample(gate.Verdict == HealthVerdict.Healthy);
        metrics.Gauge("bgpsharp_gate_consecutive_failures", "Health checks that failed since the last one that succeeded.");
        metrics.Sample(gate.ConsecutiveFailures);
        metrics.Counter("bgpsharp_gate_checks_total", "Health checks, by result.");
        metrics.Sample(gate.ChecksSucceeded, ("result", "success"));
        metrics.Sample(gate.ChecksFailed, ("result", "failure"));
        metrics.Gauge("bgpsharp_gate_fail_static_active", "1 while the VIPs stay announced although the health check fails.");
        metrics.Sample(gate.FailStatic);
    }

    private static void Vips(MetricsWriter metrics, HostStatus status)
    {
        Each("bgpsharp_vip_wanted", "1 while the VIP should be on its interface and announced.", vip => vip.Wanted);
        Each("bgpsharp_vip_in_place", "1 while the VIP is on its interface.", vip => vip.InPlace);
        Each("bgpsharp_vip_announced", "1 while the VIP's route is announced to the peers.", vip => vip.Announced);

        void Each(string name, string help, Func<VipStatus, bool> value)
        {
            metrics.Gauge(name, help);
            foreach (var vip in status.Vips)
            {
                metrics.Sample(value(vip), ("vip", vip.Name), ("address", vip.Address ?? ""));
            }
        }
    }

    private static void Host(MetricsWriter metrics, HostStatus status)
    {
        metrics.Gauge("bgpsharp_drain_phase", "1 for the phase that the drain is in: none, draining or drained.");
        foreach (var phase in Enum.GetValues<DrainPhase>())
        {
            metrics.Sample(phase == status.Drain, ("phase", phase.ToString().ToLowerInvariant()));
        }

        metrics.Gauge("bgpsharp_ready", "1 while a session is Established and every VIP is where it should be.");
        metrics.Sample(status.IsReady);
        metrics.Counter("bgpsharp_reloads_total", "Configurations read again, by result.");
        metrics.Sample(status.Reloads, ("result", "applied"));
        metrics.Sample(status.ReloadsRefused, ("result", "refused"));
        metrics.Gauge("bgpsharp_reload_refused", "1 while the last configuration read again was refused.");
        metrics.Sample(status.ReloadProblems.Count > 0);
    }

    private static void Process(MetricsWriter metrics, HostStatus status, ProcessFigures process)
    {
        metrics.Gauge("process_start_time_seconds", "When the host started, in seconds since 1970.");
        metrics.Sample(status.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        metrics.Counter("process_cpu_seconds_total", "CPU time used.");
        metrics.Sample(process.CpuSeconds);
        metrics.Gauge("process_resident_memory_bytes", "Resident memory.");
        metrics.Sample(process.ResidentBytes);
        metrics.Counter("bgpsharp_gc_collections_total", "Garbage collections, by generation; one of a generation is also one of those below it.");
        for (var generation = 0; generation < process.Collections.Count; generation++)
        {
            metrics.Sample(process.Collections[generation], ("generation", generation.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
