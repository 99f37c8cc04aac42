using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>What a VIP's route carries, or what a peer has added to every route it is sent. Nothing given: nothing changed.</summary>
internal sealed class RouteOptions
{
    public static readonly RouteOptions None = new();

    public IReadOnlyList<Community> Communities { get; init; } = [];
    public IReadOnlyList<LargeCommunity> LargeCommunities { get; init; } = [];
    public uint? Med { get; init; }

    /// <summary>Internal peers only.</summary>
    public uint? LocalPreference { get; init; }

    /// <summary>How often our AS number is in front of the one that is always there; null: not at all, of a peer: as often as the VIP has it.</summary>
    public int? Prepend { get; init; }

    /// <summary>The next hop of IPv4 routes; null: the session's.</summary>
    public IPAddress? NextHopIpv4 { get; init; }

    /// <summary>The next hop of IPv6 routes; null: the session's.</summary>
    public IPAddress? NextHopIpv6 { get; init; }

    public bool IsSameAs(RouteOptions other) =>
        (Med, LocalPreference, Prepend) == (other.Med, other.LocalPreference, other.Prepend)
        && Equals(NextHopIpv4, other.NextHopIpv4)
        && Equals(NextHopIpv6, other.NextHopIpv6)
        && Communities.SequenceEqual(other.Communities)
        && LargeCommunities.SequenceEqual(other.LargeCommunities);
}
