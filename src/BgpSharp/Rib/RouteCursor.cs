namespace BgpSharp.Rib;

/// <summary>
/// How far a session has come through the two lists of a table, and what its peer knows. Announced entries up to a
/// version have been sent; what deviates from that (refused, withdrawn or changed before it was sent) is an exception
/// by prefix. The exceptions never outnumber the entries of the table.
/// </summary>
internal sealed class RouteCursor
{
    private readonly RouteTable _table;
    private readonly Dictionary<IpPrefix, PeerView> _views = [];
    private readonly long _attachedAt;

    // The next entry to look at in each list; null: at the end. The versions are those of the entries last looked at.
    private RouteEntry? _announced;
    private RouteEntry? _tombstone;
    private RouteEntry? _again;
    private long _announcedVersion;
    private long _tombstoneVersion;

    public RouteCursor(RouteTable table, long version)
    {
        _table = table;
        _attachedAt = version;
        _tombstoneVersion = version;
        _announced = table.Announced.First;
    }

    public BgpFamily Family => _table.Family;

    public bool IsAtEnd => _announced is null && _tombstone is null && _again is null;

    /// <summary>Whether everything that was in the table when the session began has been looked at.</summary>
    public bool HasPassedFirstSet => _announced is null || _announced.Version > _attachedAt;

    /// <summary>The prefixes the peer has from us.</summary>
    public int SentCount { get; private set; }

    public int RefusedCount { get; private set; }

    public int ExceptionCount => _views.Count;

    public IEnumerable<(IpPrefix Prefix, PeerView Reason)> Refusals =>
        _views.Where(view => IsRefusal(view.Value)).Select(view => (view.Key, view.Value));

    public bool HasPassed(long version) =>
        _again is null && !(_announced?.Version <= version) && !(_tombstone?.Version <= version);

    /// <summary>Whether the peer has the prefix from us.</summary>
    public bool Knows(RouteEntry entry)
    {
        if (_views.TryGetValue(entry.Prefix, out var view))
        {
            return view == PeerView.Sent;
        }

        if (entry.Since > _announcedVersion)
        {
            return false;
        }

        // An entry ahead of the cursor that has not changed since the session began was never sent. One that has
        // changed since then, unsent, has a view of its own: see KeepView.
        return entry.IsTombstone
            ? entry.Version > _tombstoneVersion
            : entry.Version <= _announcedVersion || entry.Version > _attachedAt;
    }

    /// <summary>The entry is about to move ahead: if the peer does not know it, the cursor must not come to believe so.</summary>
    public void KeepView(RouteEntry entry)
    {
        if (!Knows(entry))
        {
            _views.TryAdd(entry.Prefix, PeerView.NotSent);
        }
    }

    /// <summary>A tombstone is about to be announced anew; a peer that still has the route is told of the change only.</summary>
    public void OnRevived(RouteEntry tombstone)
    {
        var knows = Knows(tombstone);
        ForgetView(tombstone);
        if (knows)
        {
            _views.Add(tombstone.Prefix, PeerView.Sent);
        }
    }

    public void ForgetView(RouteEntry entry)
    {
        if (_views.Remove(entry.Prefix, out var view) && IsRefusal(view))
        {
            RefusedCount--;
        }
    }

    public void OnUnlink(RouteEntry entry)
    {
        if (_announced == entry)
        {
            _announced = entry.Next;
        }

        if (_tombstone == entry)
        {
            _tombstone = entry.Next;
        }

        if (_again == entry)
        {
            _again = WithinSent(entry.Next);
        }
    }

    public void OnLink(RouteEntry entry)
    {
        if (entry.IsTombstone)
        {
            _tombstone ??= entry;
        }
        else
        {
            _announced ??= entry;
        }
    }

    /// <summary>Looks again at everything that was sent.</summary>
    public void StartOver() => _again = WithinSent(_table.Announced.First);

    /// <summary>Collects withdrawals. False: no more space.</summary>
    public bool CollectTombstones(UpdatePacker packer, UpdateGroups groups)
    {
        while (_tombstone is { } entry)
        {
            if (Knows(entry))
            {
                if (packer.Add(groups.Withdrawals, entry.Prefix) != PackResult.Added)
                {
                    return false;
                }

                SentCount--;
            }

            ForgetView(entry);
            _tombstoneVersion = entry.Version;
            _tombstone = entry.Next;
            _table.DropUnlessAwaited(entry);
        }

        return true;
    }

    /// <summary>Collects announcements. False: no more space.</summary>
    public bool CollectAnnounced(UpdatePacker packer, UpdateGroups groups)
    {
        while (_again is { } entry)
        {
            if (!Collect(entry, packer, groups))
            {
                return false;
            }

            _again = WithinSent(entry.Next);
        }

        while (_announced is { } entry)
        {
            if (!Collect(entry, packer, groups))
            {
                return false;
            }

            _announcedVersion = entry.Version;
            _announced = entry.Next;
        }

        return true;
    }

    private static bool IsRefusal(PeerView view) => view > PeerView.NotSent;

    private RouteEntry? WithinSent(RouteEntry? entry) => entry?.Version <= _announcedVersion ? entry : null;

    private bool Collect(RouteEntry entry, UpdatePacker packer, UpdateGroups groups)
    {
        var knows = Knows(entry);
        var group = groups.Find(entry.Prefix, entry.Attributes);
        var refusal = group.Refusal;
        if (refusal is null)
        {
            switch (packer.Add(group, entry.Prefix))
            {
                case PackResult.Full:
                    return false;
                case PackResult.TooLong:
                    refusal = PeerView.AttributesTooLong;
                    break;
                default:
                    ForgetView(entry);
                    SentCount += knows ? 0 : 1;
                    return true;
            }
        }

        if (knows)
        {
            if (packer.Add(groups.Withdrawals, entry.Prefix) != PackResult.Added)
            {
                return false;
            }

            SentCount--;
        }

        ForgetView(entry);
        _views.Add(entry.Prefix, refusal.Value);
        RefusedCount += IsRefusal(refusal.Value) ? 1 : 0;
        return true;
    }
}
