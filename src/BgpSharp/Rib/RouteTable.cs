namespace BgpSharp.Rib;

/// <summary>
/// The originated routes of one family. Two lists ordered by version: announced routes and tombstones. A change moves
/// the entry to the tail, so the table never holds more than one entry a prefix, and every session walks the same lists.
/// </summary>
internal sealed class RouteTable(BgpFamily family)
{
    private readonly Dictionary<IpPrefix, RouteEntry> _entries = [];
    private readonly List<RouteCursor> _cursors = [];
    private readonly RouteList _tombstones = new();

    public BgpFamily Family { get; } = family;

    public RouteList Announced { get; } = new();

    public int EntryCount => _entries.Count;

    public int TombstoneCount => _tombstones.Count;

    public RouteEntry? Find(IpPrefix prefix) => _entries.GetValueOrDefault(prefix);

    /// <summary>A prefix is announced that was not: a new entry, or a tombstone that comes back to life.</summary>
    public void Announce(IpPrefix prefix, RouteOwner owner, BgpRouteAttributes attributes, long version)
    {
        if (Find(prefix) is { } entry)
        {
            foreach (var cursor in _cursors)
            {
                cursor.OnRevived(entry);
            }

            Unlink(entry);
        }
        else
        {
            entry = new RouteEntry(prefix);
            _entries.Add(prefix, entry);
        }

        entry.Claim(owner, attributes);
        entry.Since = version;
        Link(entry, version, isTombstone: false);
    }

    /// <summary>The winning attributes of an announced prefix have changed.</summary>
    public void Change(RouteEntry entry, long version)
    {
        if (HasListener(entry))
        {
            KeepViews(entry);
        }
        else
        {
            entry.Since = version;
        }

        Unlink(entry);
        Link(entry, version, isTombstone: false);
    }

    /// <summary>Nobody announces the prefix any more.</summary>
    public void Withdraw(RouteEntry entry, long version)
    {
        if (!HasListener(entry))
        {
            Drop(entry);
            return;
        }

        KeepViews(entry);
        Unlink(entry);
        Link(entry, version, isTombstone: true);
    }

    public RouteCursor Attach(long version)
    {
        var cursor = new RouteCursor(this, version);
        _cursors.Add(cursor);
        return cursor;
    }

    public void Detach(RouteCursor cursor)
    {
        _cursors.Remove(cursor);
        for (var entry = _tombstones.First; entry is not null;)
        {
            var next = entry.Next;
            DropUnlessAwaited(entry);
            entry = next;
        }
    }

    /// <summary>Frees a tombstone that no session needs for its withdrawal.</summary>
    public void DropUnlessAwaited(RouteEntry tombstone)
    {
        if (!HasListener(tombstone))
        {
            Drop(tombstone);
        }
    }

    private bool HasListener(RouteEntry entry)
    {
        foreach (var cursor in _cursors)
        {
            if (cursor.Knows(entry))
            {
                return true;
            }
        }

        return false;
    }

    private void KeepViews(RouteEntry entry)
    {
        foreach (var cursor in _cursors)
        {
            cursor.KeepView(entry);
        }
    }

    private void Drop(RouteEntry entry)
    {
        foreach (var cursor in _cursors)
        {
            cursor.ForgetView(entry);
        }

        Unlink(entry);
        _entries.Remove(entry.Prefix);
    }

    private void Unlink(RouteEntry entry)
    {
        foreach (var cursor in _cursors)
        {
            cursor.OnUnlink(entry);
        }

        (entry.IsTombstone ? _tombstones : Announced).Remove(entry);
    }

    private void Link(RouteEntry entry, long version, bool isTombstone)
    {
        entry.Version = version;
        entry.IsTombstone = isTombstone;
        (isTombstone ? _tombstones : Announced).Append(entry);
        foreach (var cursor in _cursors)
        {
            cursor.OnLink(entry);
        }
    }
}
