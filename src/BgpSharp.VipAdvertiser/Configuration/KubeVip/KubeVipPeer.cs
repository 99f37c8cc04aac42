namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>One peer as kube-vip has it, each item checked; null where it has none.</summary>
internal sealed class KubeVipPeer
{
    public required string Address { get; init; }
    public required string As { get; init; }

    /// <summary>The variable or flag that it stands in.</summary>
    public required string Source { get; init; }

    public string? Password { get; init; }
    public bool Multihop { get; init; }
    public string? Port { get; init; }

    /// <summary>mpbgp_nexthop, mpbgp_ipv4 and mpbgp_ipv6 of this peer alone.</summary>
    public IReadOnlyDictionary<string, string> MultiprotocolBgp { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: off.</summary>
    public KubeVipBfd? Bfd { get; init; }
}
