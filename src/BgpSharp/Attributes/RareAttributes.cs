namespace BgpSharp;

/// <summary>
/// What few routes have, in an object of its own so that the many stay small; what hardly any has lies in another one
/// behind it. Which of the numbers are there is noted with <see cref="BgpRouteAttributes"/>; one that is not has its
/// default value.
/// </summary>
internal sealed class RareAttributes : IEquatable<RareAttributes>
{
    public static readonly RareAttributes None = new();

    public Aggregator Aggregator;
    public BgpIdentifier OriginatorId;
    public Asn OnlyToCustomer;
    public AddressBits LinkLocalNextHop;
    private RarestAttributes? _rarest;

    /// <summary>To be read.</summary>
    public RarestAttributes Rarest => _rarest ?? RarestAttributes.None;

    /// <summary>To be written, before the attributes are seen by anybody; null where there is nothing and nothing is needed.</summary>
    public RarestAttributes? RarestFor(bool isNeeded) => _rarest ?? (isNeeded ? _rarest = new RarestAttributes() : null);

    public RareAttributes Clone()
    {
        var clone = (RareAttributes)MemberwiseClone();
        clone._rarest = _rarest?.Clone();
        return clone;
    }

    public bool Equals(RareAttributes? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Aggregator == other.Aggregator
            && OriginatorId == other.OriginatorId
            && OnlyToCustomer == other.OnlyToCustomer
            && LinkLocalNextHop == other.LinkLocalNextHop
            && Rarest.Equals(other.Rarest));

    public override bool Equals(object? obj) => Equals(obj as RareAttributes);

    public override int GetHashCode() => HashCode.Combine(Aggregator, OriginatorId, OnlyToCustomer, LinkLocalNextHop, Rarest);
}
