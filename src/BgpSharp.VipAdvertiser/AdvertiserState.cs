using System.Collections.Immutable;
using System.Net;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser;

/// <summary>What is known, and by it what should be: a pure function that <see cref="Advertiser"/> carries out.</summary>
internal sealed record AdvertiserState
{
    public required AdvertiserOptions Options { get; init; }

    /// <summary>The addresses of DNS names, once resolved.</summary>
    public ImmutableDictionary<string, ImmutableArray<IPAddress>> Names { get; init; } = ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty;

    /// <summary>What the gate says; without one nobody asks.</summary>
    public HealthState Health { get; init; }

    public DrainPhase Drain { get; init; }

    /// <summary>Withdrawn, but still on the interface for what is on its way. The number tells one wait from the next.</summary>
    public ImmutableDictionary<IPAddress, VipLinger> Lingering { get; init; } = ImmutableDictionary<IPAddress, VipLinger>.Empty;

    /// <summary>Whether VIPs should be announced.</summary>
    public bool IsOpen => Drain == DrainPhase.None && IsWell;

    private bool IsWell => Options.Gate is null || Health.Verdict == HealthVerdict.Healthy;

    /// <summary>While a drain moves traffic away, what was there goes on, for as long as the service behind it is well.</summary>
    private bool IsServing => Drain != DrainPhase.Drained && IsWell;

    /// <summary>
    /// No check has ended yet: what an earlier run or kube-vip left behind stays, since the service behind it may be well.
    /// </summary>
    private bool IsUndecided => Drain == DrainPhase.None && Options.Gate is not null && Health.Verdict == HealthVerdict.Unknown;

    /// <summary>Each VIP with each of its addresses; an address that two VIPs have is the first one's.</summary>
    public IEnumerable<(VipOptions Vip, IPAddress Address)> Addresses() => Options.Vips
        .SelectMany(vip => AddressesOf(vip).Select(address => (vip, address)))
        .DistinctBy(pair => pair.address);

    public ImmutableArray<IPAddress> AddressesOf(VipOptions vip) =>
        vip.Address is { } address ? [address] : Names.GetValueOrDefault(vip.Name, []);

    /// <summary>Every address there is to know of, not to be added.</summary>
    public IEnumerable<VipPlacement> Kept() => Addresses().Select(pair => Place(pair.Vip, pair.Address) with { OnlyKept = true });

    /// <summary>What should be on interfaces.</summary>
    public IReadOnlyList<VipPlacement> Placements()
    {
        var wanted = IsServing || IsUndecided ? Addresses().Select(pair => Place(pair.Vip, pair.Address) with { OnlyKept = IsUndecided }).ToList() : [];
        wanted.AddRange(Lingering.Values.Select(linger => linger.Placement).Where(left => wanted.All(other => !other.Address.Equals(left.Address))));
        return wanted;
    }

    /// <summary>What should be announced, or may go on to be while it is drained: nothing that is not on its interface.</summary>
    public IReadOnlyList<VipAnnouncement> Announcements(IReadOnlyCollection<IPAddress> inPlace) => IsServing
        ? [.. Addresses().Where(pair => inPlace.Contains(pair.Address)).Select(pair => Announce(pair.Vip, pair.Address))]
        : [];

    private VipAnnouncement Announce(VipOptions vip, IPAddress address) =>
        new(new BgpRoute(IpPrefix.Host(address), VipRoute.Make(vip.Route, address, Options.LocalAsn)), Place(vip, address));

    private static VipPlacement Place(VipOptions vip, IPAddress address) => new(address, vip.Interface, vip.GlobalScope, vip.SkipDad);
}
