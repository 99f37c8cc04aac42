using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>The BGP configuration of an FRR router.</summary>
internal sealed record FrrOptions
{
    public required uint Asn { get; init; }

    public required IPAddress RouterId { get; init; }

    public required IReadOnlyList<FrrNeighbor> Neighbors { get; init; }

    /// <summary>Seconds between connects (<c>timers connect</c>). Null: FRR's 120, so that the first SYN is the peer's own.</summary>
    public int? ConnectRetry { get; init; }

    /// <summary>Keepalive and hold time in seconds (<c>timers bgp</c>). Null: FRR's 60 and 180.</summary>
    public (int Keepalive, int Hold)? Timers { get; init; }

    /// <summary>Prefixes to announce, whether the kernel has them or not.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Further lines under <c>router bgp</c>.</summary>
    public IReadOnlyList<string> BgpLines { get; init; } = [];

    /// <summary>Further lines under <c>address-family ipv4 unicast</c>.</summary>
    public IReadOnlyList<string> FamilyLines { get; init; } = [];

    /// <summary>The whole of bgpd.conf, instead of what the rest would make.</summary>
    public string? Text { get; init; }

    /// <summary>The scenario's router: masters in AS 65000, as many paths as masters. With <paramref name="asn"/> 65000 the sessions are internal.</summary>
    public static FrrOptions Router(int masters, uint asn = 65001) => new()
    {
        Asn = asn,
        RouterId = LabTopology.RouterAddress,
        Neighbors = [.. Enumerable.Range(1, masters).Select(i => new FrrNeighbor(LabTopology.MasterAddress(i), 65000))],
        FamilyLines = [asn == 65000 ? $"maximum-paths ibgp {masters}" : $"maximum-paths {masters}"],
        BgpLines = ["bgp bestpath as-path multipath-relax"],
    };

    /// <summary>FRR in a master's place, announcing the VIP.</summary>
    public static FrrOptions Master(int master, uint routerAsn = 65001) => new()
    {
        Asn = 65000,
        RouterId = LabTopology.MasterAddress(master),
        Neighbors = [new FrrNeighbor(LabTopology.RouterAddress, routerAsn)],
        ConnectRetry = 1,
        Networks = [LabTopology.VipPrefix],
    };

    /// <summary>The text of bgpd.conf.</summary>
    public string ToConfiguration()
    {
        if (Text is not null)
        {
            return Text;
        }
        var lines = new List<string>
        {
            "frr defaults traditional",
            $"router bgp {Asn}",
            $" bgp router-id {RouterId}",
            " no bgp ebgp-requires-policy",
            " no bgp hard-administrative-reset",
            " no bgp graceful-restart notification",
        };
        if (Networks.Count > 0)
        {
            lines.Add(" no bgp network import-check");
        }
        if (Timers is var (keepalive, hold))
        {
            lines.Add($" timers bgp {keepalive} {hold}");
        }
        foreach (var neighbor in Neighbors)
        {
            lines.Add($" neighbor {neighbor.Address} remote-as {neighbor.RemoteAsn}");
            if (ConnectRetry is { } seconds)
            {
                lines.Add($" neighbor {neighbor.Address} timers connect {seconds}");
            }
            lines.AddRange(neighbor.Settings.Select(s => $" neighbor {neighbor.Address} {s}"));
        }
        lines.AddRange(BgpLines.Select(l => $" {l}"));
        lines.Add(" address-family ipv4 unicast");
        lines.AddRange(Networks.Select(n => $"  network {n}"));
        lines.AddRange(FamilyLines.Select(l => $"  {l}"));
        lines.Add(" exit-address-family");
        return string.Join('\n', lines) + '\n';
    }
}
