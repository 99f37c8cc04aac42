namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The host at one moment.</summary>
internal sealed record HostStatus(
    DateTimeOffset Time,
    DateTimeOffset StartedAt,
    DrainPhase Drain,
    IReadOnlyList<VipStatus> Vips,
    GateStatus Gate,
    IReadOnlyList<PeerStatus> Peers,
    DateTimeOffset ConfiguredAt,
    IReadOnlyList<string> ReloadProblems)
{
    /// <summary>Configurations that were read again and put in force.</summary>
    public long Reloads { get; init; }

    /// <summary>Configurations that were read again and refused.</summary>
    public long ReloadsRefused { get; init; }

    /// <summary>What BFD runs on; null: no peer has had any.</summary>
    public BfdThreadStatus? BfdThread { get; init; }

    /// <summary>There is a session, and every address that should be on its interface is.</summary>
    public bool IsReady => NotReady.Count == 0;

    /// <summary>Why it is not, in words.</summary>
    public IReadOnlyList<string> NotReady => [.. WithoutSession(), .. MissingAddresses()];

    /// <summary>Of that, the addresses that should be on their interface and are not.</summary>
    public IEnumerable<string> MissingAddresses() => Vips.Where(vip => vip.Wanted && !vip.InPlace).Select(Missing);

    private IEnumerable<string> WithoutSession() => Peers.Any(peer => peer.IsEstablished)
        ? []
        : Drain != DrainPhase.None
            ? ["no session is Established: drained"]
            : Peers.Count == 0
                ? ["no session is Established: none is open yet"]
                : Peers.Select(peer => $"no session is Established: {peer.EndPoint} is {peer.State}{(peer.LastDown is { } why ? $" ({why})" : "")}");

    private static string Missing(VipStatus vip) => vip.Address is null
        ? $"{vip.Name} is not resolved yet"
        : $"{vip.Address} is not on {vip.Interface ?? "the interface of the default route"}";
}
