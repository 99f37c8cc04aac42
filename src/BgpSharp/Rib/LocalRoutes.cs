using BgpSharp.Wire;

namespace BgpSharp.Rib;

/// <summary>
/// The originated routes of a speaker: one table that all sessions share. Not thread-safe: the caller holds one lock
/// around it and around every <see cref="AdjRibOut"/> attached to it.
/// </summary>
internal sealed class LocalRoutes
{
    private readonly RouteTable[] _tables = [new(BgpFamily.Ipv4Unicast), new(BgpFamily.Ipv6Unicast)];
    private readonly UpdatePacker _packer = new();
    private int _owners;

    /// <summary>Counts the changes of what sessions are to be sent.</summary>
    public long Version { get; private set; }

    /// <summary>The prefixes announced.</summary>
    public int ActiveCount => _tables.Sum(table => table.Announced.Count);

    /// <summary>The withdrawn prefixes kept for sessions that have not been told yet.</summary>
    public int TombstoneCount => _tables.Sum(table => table.TombstoneCount);

    /// <summary>Everything kept: announced and withdrawn.</summary>
    public int EntryCount => _tables.Sum(table => table.EntryCount);

    /// <summary>Makes an owner, ranked behind those made before.</summary>
    public RouteOwner CreateOwner() => new(_owners++);

    /// <summary>Announces a prefix, or changes its attributes.</summary>
    /// <returns>Whether the owner's routes changed; equal attributes are no change.</returns>
    public bool Announce(RouteOwner owner, IpPrefix prefix, BgpRouteAttributes attributes)
    {
        var table = TableOf(prefix);
        if (table.Find(prefix) is not { IsTombstone: false } entry)
        {
            table.Announce(prefix, owner, attributes, ++Version);
            return true;
        }

        var before = entry.Attributes;
        if (!entry.Claim(owner, attributes))
        {
            return false;
        }

        if (!SentAttributesComparer.Instance.Equals(entry.Attributes, before))
        {
            table.Change(entry, ++Version);
        }

        return true;
    }

    /// <summary>Withdraws a prefix; another owner's route takes its place if there is one.</summary>
    /// <returns>Whether the owner announced it.</returns>
    public bool Withdraw(RouteOwner owner, IpPrefix prefix)
    {
        var table = TableOf(prefix);
        if (table.Find(prefix) is not { IsTombstone: false } entry)
        {
            return false;
        }

        var before = entry.Attributes;
        if (!entry.Release(owner))
        {
            return false;
        }

        if (entry.Owner is null)
        {
            table.Withdraw(entry, ++Version);
        }
        else if (!SentAttributesComparer.Instance.Equals(entry.Attributes, before))
        {
            table.Change(entry, ++Version);
        }

        return true;
    }

    /// <summary>Makes the owner announce exactly these routes. Where a prefix is there twice, the last one counts.</summary>
    /// <returns>Whether the owner's routes changed.</returns>
    /// <exception cref="ArgumentException">A route has no prefix; nothing is changed.</exception>
    public bool Replace(RouteOwner owner, IEnumerable<BgpRoute> desired)
    {
        Dictionary<IpPrefix, BgpRouteAttributes> wanted = [];
        foreach (var route in desired)
        {
            TableOf(route.Prefix);
            wanted[route.Prefix] = route.Attributes;
        }

        var changed = false;
        foreach (var route in Snapshot(owner))
        {
            changed |= !wanted.ContainsKey(route.Prefix) && Withdraw(owner, route.Prefix);
        }

        foreach (var (prefix, attributes) in wanted)
        {
            changed |= Announce(owner, prefix, attributes);
        }

        return changed;
    }

    /// <summary>Withdraws everything an owner announces.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Clear(RouteOwner owner)
    {
        var changed = false;
        foreach (var route in Snapshot(owner))
        {
            changed |= Withdraw(owner, route.Prefix);
        }

        return changed;
    }

    /// <summary>What an owner announces, whether it wins or not.</summary>
    public IReadOnlyList<BgpRoute> Snapshot(RouteOwner owner)
    {
        if (owner.Count == 0)
        {
            return [];
        }

        var routes = new List<BgpRoute>(owner.Count);
        foreach (var entry in Entries())
        {
            if (entry.AttributesOf(owner) is { } attributes)
            {
                routes.Add(new BgpRoute(entry.Prefix, attributes));
            }
        }

        return routes;
    }

    /// <summary>What all owners together announce.</summary>
    public IReadOnlyList<BgpRoute> Snapshot() => [.. Entries().Select(entry => new BgpRoute(entry.Prefix, entry.Attributes))];

    /// <summary>Begins a session that has been sent nothing yet. Families without a table here are left out.</summary>
    public AdjRibOut Attach(OutboundPolicy policy, IReadOnlyList<BgpFamily> families, WireContext context)
    {
        var cursors = _tables.Where(table => families.Contains(table.Family)).Select(table => table.Attach(Version));
        return new AdjRibOut(_packer, policy, cursors, context);
    }

    /// <summary>Ends a session; what was kept for it is freed.</summary>
    public void Detach(AdjRibOut rib)
    {
        foreach (var cursor in rib.Cursors)
        {
            Array.Find(_tables, table => table.Family == cursor.Family)!.Detach(cursor);
        }
    }

    private IEnumerable<RouteEntry> Entries()
    {
        foreach (var table in _tables)
        {
            for (var entry = table.Announced.First; entry is not null; entry = entry.Next)
            {
                yield return entry;
            }
        }
    }

    private RouteTable TableOf(IpPrefix prefix) => prefix switch
    {
        { IsIpv4: true } => _tables[0],
        { IsIpv6: true } => _tables[1],
        _ => throw new ArgumentException("A route needs a prefix.", nameof(prefix)),
    };
}
