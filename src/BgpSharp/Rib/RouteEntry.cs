namespace BgpSharp.Rib;

/// <summary>
/// A prefix of the table: who announces it, and where it stands in the order of changes. Without an owner it is a
/// tombstone, kept while some session that heard the prefix is still owed its withdrawal.
/// </summary>
internal sealed class RouteEntry(IpPrefix prefix)
{
    private RouteClaim? _others;

    public IpPrefix Prefix { get; } = prefix;

    /// <summary>The winning owner; null: withdrawn.</summary>
    public RouteOwner? Owner { get; private set; }

    /// <summary>The winning attributes; meaningless without an owner.</summary>
    public BgpRouteAttributes Attributes { get; private set; } = BgpRouteAttributes.Default;

    /// <summary>The version of the last change; orders both lists of the table.</summary>
    public long Version { get; set; }

    /// <summary>The version since which the prefix has been announced without a break that any session could have seen.</summary>
    public long Since { get; set; }

    /// <summary>Whether the entry stands in the list of withdrawals.</summary>
    public bool IsTombstone { get; set; }

    public RouteEntry? Previous { get; set; }

    public RouteEntry? Next { get; set; }

    /// <summary>The attributes an owner announces the prefix with, winning or not; null: it does not.</summary>
    public BgpRouteAttributes? AttributesOf(RouteOwner owner)
    {
        if (Owner == owner)
        {
            return Attributes;
        }

        var claim = _others;
        while (claim is not null && claim.Owner != owner)
        {
            claim = claim.Next;
        }

        return claim?.Attributes;
    }

    /// <summary>Notes what an owner announces. False: it does so already.</summary>
    public bool Claim(RouteOwner owner, BgpRouteAttributes attributes)
    {
        if (AttributesOf(owner) is { } before)
        {
            if (SentAttributesComparer.Instance.Equals(before, attributes))
            {
                return false;
            }

            Release(owner);
        }

        owner.Count++;
        if (Owner is null)
        {
            (Owner, Attributes) = (owner, attributes);
        }
        else if (owner.Rank < Owner.Rank)
        {
            _others = new RouteClaim(Owner, Attributes, _others);
            (Owner, Attributes) = (owner, attributes);
        }
        else
        {
            ref var link = ref _others;
            while (link is not null && link.Owner.Rank < owner.Rank)
            {
                link = ref link.Next;
            }

            link = new RouteClaim(owner, attributes, link);
        }

        return true;
    }

    /// <summary>Forgets what an owner announces; the next one takes over. False: it did not announce the prefix.</summary>
    public bool Release(RouteOwner owner)
    {
        if (Owner == owner)
        {
            (Owner, Attributes) = (_others?.Owner, _others?.Attributes ?? BgpRouteAttributes.Default);
            _others = _others?.Next;
            owner.Count--;
            return true;
        }

        ref var link = ref _others;
        while (link is not null && link.Owner != owner)
        {
            link = ref link.Next;
        }

        if (link is null)
        {
            return false;
        }

        link = link.Next;
        owner.Count--;
        return true;
    }
}
