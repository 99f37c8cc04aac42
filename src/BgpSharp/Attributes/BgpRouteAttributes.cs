using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>
/// The path attributes of a route. Immutable and meant to be shared: prefixes announced with one object travel in one
/// UPDATE. The default is what ECMP needs equal on all announcers: ORIGIN IGP, empty AS_PATH, nothing else.
/// </summary>
public sealed partial class BgpRouteAttributes : IEquatable<BgpRouteAttributes>
{
    /// <summary>ORIGIN IGP, empty AS_PATH, the session's own address as next hop, nothing else.</summary>
    public static readonly BgpRouteAttributes Default = new();

    private readonly Community[] _communities = [];
    private readonly AddressBits _nextHop;
    private readonly uint _med;
    private readonly uint _localPref;
    private readonly BgpOrigin _origin;
    private readonly BgpPartialAttributes _partial;
    private readonly Presence _present;
    private RareAttributes? _rare;
    private int _hash;

    /// <summary>Makes the default attributes, to be changed by an initializer.</summary>
    public BgpRouteAttributes()
    {
    }

    /// <summary>Makes a copy, to be changed by an initializer: <c>new BgpRouteAttributes(received) { Med = 10 }</c>.</summary>
    /// <param name="original">The attributes to begin with.</param>
    public BgpRouteAttributes(BgpRouteAttributes original)
    {
        ArgumentNullException.ThrowIfNull(original);
        AsPath = original.AsPath;
        _communities = original._communities;
        _nextHop = original._nextHop;
        _med = original._med;
        _localPref = original._localPref;
        _origin = original._origin;
        _partial = original._partial;
        _present = original._present;
        _rare = original._rare?.Clone();
    }

    internal BgpRouteAttributes(
        BgpOrigin origin, AddressBits nextHop, uint med, uint localPref, Community[] communities, Presence present, BgpPartialAttributes partial, RareAttributes? rare)
    {
        _origin = origin;
        _nextHop = nextHop;
        _med = med;
        _localPref = localPref;
        _communities = communities;
        _present = present;
        _partial = partial;
        _rare = rare;
    }

    [Flags]
    internal enum Presence : ushort
    {
        Ipv4NextHop = 1,
        Ipv6NextHop = 2,
        Med = 4,
        LocalPref = 8,
        AtomicAggregate = 16,
        Aggregator = 32,
        OriginatorId = 64,
        Aigp = 128,
        OnlyToCustomer = 256,
        LinkLocalNextHop = 512,
        Received = 1024,
    }

    /// <summary>ORIGIN. Default: IGP.</summary>
    public BgpOrigin Origin { get => _origin; init => _origin = value; }

    /// <summary>AS_PATH without the local AS, which is added towards external peers. Default: empty.</summary>
    public AsPath AsPath { get; init; }

    /// <summary>
    /// The next hop, made anew at each call, without an IPv6 zone; null means the local address of the session the route is
    /// sent on, or where that is of another family, the global address of its interface; a session without either does not
    /// send the route.
    /// </summary>
    public IPAddress? NextHop
    {
        get => Has(Presence.Ipv4NextHop) ? _nextHop.ToAddress(AddressFamily.InterNetwork)
            : Has(Presence.Ipv6NextHop) ? _nextHop.ToAddress(AddressFamily.InterNetworkV6)
            : null;
        init
        {
            _present = With(Presence.Ipv4NextHop, value?.AddressFamily == AddressFamily.InterNetwork);
            _present = With(Presence.Ipv6NextHop, value?.AddressFamily == AddressFamily.InterNetworkV6);
            _nextHop = value is null ? default : AddressBits.From(value);
        }
    }

    /// <summary>
    /// The link-local address that goes with an IPv6 next hop in MP_REACH_NLRI (RFC 2545 §3), made anew at each call; null:
    /// none. Without an IPv6 next hop it is not sent.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public IPAddress? LinkLocalNextHop
    {
        get => Has(Presence.LinkLocalNextHop) ? _rare!.LinkLocalNextHop.ToAddress(AddressFamily.InterNetworkV6) : null;
        init
        {
            if (value is { AddressFamily: not AddressFamily.InterNetworkV6 })
            {
                throw new ArgumentException($"{value} is no IPv6 address.", nameof(value));
            }

            _present = With(Presence.LinkLocalNextHop, value is not null);
            if (Rare(value is not null) is { } rare)
            {
                rare.LinkLocalNextHop = value is null ? default : AddressBits.From(value);
            }
        }
    }

    /// <summary>MULTI_EXIT_DISC; null: not sent.</summary>
    public uint? Med
    {
        get => Has(Presence.Med) ? _med : null;
        init => (_present, _med) = (With(Presence.Med, value is not null), value.GetValueOrDefault());
    }

    /// <summary>LOCAL_PREF, sent to internal peers only, where null means 100.</summary>
    public uint? LocalPref
    {
        get => Has(Presence.LocalPref) ? _localPref : null;
        init => (_present, _localPref) = (With(Presence.LocalPref, value is not null), value.GetValueOrDefault());
    }

    /// <summary>ATOMIC_AGGREGATE (RFC 4271 §5.1.6): more specific routes were left out of this one. Default: false.</summary>
    public bool AtomicAggregate
    {
        get => Has(Presence.AtomicAggregate);
        init => _present = With(Presence.AtomicAggregate, value);
    }

    /// <summary>AGGREGATOR (RFC 4271 §5.1.7), the AS number always of four octets; null: not sent.</summary>
    public Aggregator? Aggregator
    {
        get => Has(Presence.Aggregator) ? _rare!.Aggregator : null;
        init => _present = WithRare(Presence.Aggregator, value, static (rare, set) => rare.Aggregator = set);
    }

    /// <summary>COMMUNITIES (RFC 1997), copied. Default: none.</summary>
    public IReadOnlyList<Community> Communities { get => _communities; init => _communities = [.. value]; }

    /// <summary>ORIGINATOR_ID (RFC 4456 §8), sent to internal peers only; null: not sent.</summary>
    public BgpIdentifier? OriginatorId
    {
        get => Has(Presence.OriginatorId) ? _rare!.OriginatorId : null;
        init => _present = WithRare(Presence.OriginatorId, value, static (rare, set) => rare.OriginatorId = set);
    }

    /// <summary>CLUSTER_LIST (RFC 4456 §8), sent to internal peers only, copied. Default: none.</summary>
    public IReadOnlyList<BgpIdentifier> ClusterList
    {
        get => RareOrNone.Rarest.ClusterList;
        init => SetRarest([.. value], static (rarest, list) => rarest.ClusterList = list);
    }

    /// <summary>EXTENDED COMMUNITIES (RFC 4360), copied. Default: none.</summary>
    public IReadOnlyList<ExtendedCommunity> ExtendedCommunities
    {
        get => RareOrNone.Rarest.ExtendedCommunities;
        init => SetRarest([.. value], static (rarest, list) => rarest.ExtendedCommunities = list);
    }

    /// <summary>IPv6 address specific extended communities (RFC 5701), copied. Default: none.</summary>
    public IReadOnlyList<Ipv6ExtendedCommunity> Ipv6ExtendedCommunities
    {
        get => RareOrNone.Rarest.Ipv6ExtendedCommunities;
        init => SetRarest([.. value], static (rarest, list) => rarest.Ipv6ExtendedCommunities = list);
    }

    /// <summary>LARGE_COMMUNITY (RFC 8092), copied, each value once. Default: none.</summary>
    public IReadOnlyList<LargeCommunity> LargeCommunities
    {
        get => RareOrNone.Rarest.LargeCommunities;
        init => SetRarest(LargeCommunityList.WithoutRepetitions([.. value]), static (rarest, list) => rarest.LargeCommunities = list);
    }

    /// <summary>The accumulated IGP metric of the AIGP attribute (RFC 7311), sent to internal peers only; null: not sent.</summary>
    public ulong? Aigp
    {
        get => Has(Presence.Aigp) ? _rare!.Rarest.Aigp : null;
        init
        {
            _present = With(Presence.Aigp, value is not null);
            if (Rarest(value is not null) is { } rarest)
            {
                rarest.Aigp = value.GetValueOrDefault();
            }
        }
    }

    /// <summary>
    /// The TLVs of the AIGP attribute but the one of the metric, byte for byte, copied; sent to internal peers only.
    /// Default: none.
    /// </summary>
    /// <exception cref="ArgumentException">They are no whole TLVs (RFC 7311 §3), or one is of type 1, which has a property of its own.</exception>
    public ReadOnlyMemory<byte> AigpTlvs
    {
        get => RareOrNone.Rarest.AigpTlvs;
        init
        {
            if (!AigpField.TryFindMetric(value.Span, out var metricAt) || metricAt >= 0)
            {
                throw new ArgumentException($"{Convert.ToHexString(value.Span)} is no list of TLVs of other types than 1.", nameof(value));
            }

            SetRarest(value.ToArray(), static (rarest, tlvs) => rarest.AigpTlvs = tlvs);
        }
    }

    /// <summary>ONLY_TO_CUSTOMER (RFC 9234 §5): the AS that said the route goes to customers only; null: not sent.</summary>
    public Asn? OnlyToCustomer
    {
        get => Has(Presence.OnlyToCustomer) ? _rare!.OnlyToCustomer : null;
        init => _present = WithRare(Presence.OnlyToCustomer, value, static (rare, set) => rare.OnlyToCustomer = set);
    }

    /// <summary>Attributes the library does not interpret, kept byte for byte, in order of their types. Default: none.</summary>
    /// <exception cref="ArgumentException">A type is there twice, or has a property of its own (ORIGIN, COMMUNITIES ...).</exception>
    public IReadOnlyList<RawPathAttribute> Others
    {
        get => RareOrNone.Rarest.Others;
        init
        {
            RawPathAttribute[] others = [.. value.OrderBy(other => other.Type)];
            for (var i = 0; i < others.Length; i++)
            {
                if (AttributeType.IsInterpreted(others[i].Type) || (i > 0 && others[i].Type == others[i - 1].Type))
                {
                    throw new ArgumentException(
                        $"Attribute type {others[i].Type} is given twice or has a property of its own.", nameof(value));
                }
            }

            SetRarest(others, static (rarest, list) => rarest.Others = list);
        }
    }

    /// <summary>Of the optional transitive attributes above, those that carry the Partial bit. Default: none.</summary>
    public BgpPartialAttributes Partial { get => _partial; init => _partial = value; }

    /// <summary>
    /// Whether the attributes came in an UPDATE. A speaker that announces them again passes them on: of <see cref="Others"/>,
    /// the optional transitive ones then gain the Partial bit and those that are not transitive are left out (RFC 4271 §5).
    /// A copy keeps this mark; it is no part of equality.
    /// </summary>
    public bool IsReceived => Has(Presence.Received);

    internal ReadOnlySpan<Community> CommunitySpan => _communities;

    internal RareAttributes RareOrNone => _rare ?? RareAttributes.None;

    internal AddressBits NextHopBits => _nextHop;

    internal AddressBits? LinkLocalBits => Has(Presence.LinkLocalNextHop) ? _rare!.LinkLocalNextHop : null;

    internal bool HasIpv4NextHop => Has(Presence.Ipv4NextHop);

    internal bool HasIpv6NextHop => Has(Presence.Ipv6NextHop);

    private bool Has(Presence bit) => (_present & bit) != 0;

    private Presence With(Presence bit, bool isThere) => isThere ? _present | bit : _present & ~bit;

    // What an initializer writes to; null where there is nothing and nothing is needed.
    private RareAttributes? Rare(bool isNeeded) => _rare ?? (isNeeded ? _rare = new RareAttributes() : null);

    private RarestAttributes? Rarest(bool isNeeded) => Rare(isNeeded)?.RarestFor(isNeeded);

    private Presence WithRare<T>(Presence bit, T? value, Action<RareAttributes, T> set)
        where T : struct
    {
        if (Rare(value is not null) is { } rare)
        {
            set(rare, value.GetValueOrDefault());
        }

        return With(bit, value is not null);
    }

    private void SetRarest<T>(T[] values, Action<RarestAttributes, T[]> set)
    {
        if (Rarest(values.Length > 0) is { } rarest)
        {
            set(rarest, values);
        }
    }
}
