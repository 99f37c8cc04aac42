using BgpSharp.Wire;

namespace BgpSharp.Rib;

/// <summary>
/// The prefixes that a peer has announced, as far as graceful restart needs to know them: which would stay after its session,
/// and which of an earlier session are stale, not announced again yet (RFC 4724 §4.2). Attributes are the handler's business.
/// Empty without graceful restart. Not thread-safe.
/// </summary>
internal sealed class LearntRoutes
{
    private HashSet<IpPrefix> _current = [];
    private HashSet<IpPrefix> _stale = [];
    private bool _tracksIpv4;
    private bool _tracksIpv6;

    /// <summary>The prefixes announced in the present session, of families that graceful restart covers.</summary>
    public int CurrentCount => _current.Count;

    /// <summary>The prefixes kept from an earlier session.</summary>
    public int StaleCount => _stale.Count;

    /// <summary>A session begins.</summary>
    /// <param name="restart">The peer's capability, when we sent one too.</param>
    /// <param name="families">The session's families.</param>
    /// <returns>Stale prefixes that are gone: of families whose forwarding the peer did not preserve.</returns>
    public IReadOnlyList<IpPrefix> BeginSession(GracefulRestartCapability? restart, IReadOnlyList<BgpFamily> families)
    {
        _current.Clear();
        _tracksIpv4 = Covers(restart, BgpFamily.Ipv4Unicast) is not null && restart!.RestartTime > 0 && families.Contains(BgpFamily.Ipv4Unicast);
        _tracksIpv6 = Covers(restart, BgpFamily.Ipv6Unicast) is not null && restart!.RestartTime > 0 && families.Contains(BgpFamily.Ipv6Unicast);
        return TakeStale(family => !families.Contains(family) || Covers(restart, family) is not { ForwardingPreserved: true });
    }

    /// <summary>Takes an UPDATE in.</summary>
    /// <returns>Stale prefixes that are gone: those that an End-of-RIB leaves. What the UPDATE itself withdraws is not among them.</returns>
    public IReadOnlyList<IpPrefix> Record(in UpdateView update)
    {
        if (!_tracksIpv4 && !_tracksIpv6 && _stale.Count == 0)
        {
            return [];
        }

        // A prefix in both fields counts as announced (RFC 4271 §4.3).
        foreach (var prefix in update.WithdrawnPrefixes)
        {
            _current.Remove(prefix);
            _stale.Remove(prefix);
        }

        foreach (var prefix in update.AnnouncedPrefixes)
        {
            _stale.Remove(prefix);
            if (prefix.Family == BgpFamily.Ipv4Unicast ? _tracksIpv4 : _tracksIpv6)
            {
                _current.Add(prefix);
            }
        }

        return _stale.Count > 0 && update.IsEndOfRib(out var family) ? EndOfRib(family) : [];
    }

    /// <summary>The session is over.</summary>
    /// <param name="kept">The families whose routes stay; those of all others are gone with the session, also stale ones.</param>
    /// <returns>
    /// Stale prefixes of the families kept that are gone: a route lives through one restart of its peer, not through a second
    /// before it was announced again.
    /// </returns>
    public IReadOnlyList<IpPrefix> EndSession(IReadOnlyList<BgpFamily> kept)
    {
        var gone = TakeStale(kept.Contains);
        (_current, _stale) = (_stale, _current);
        _current.Clear();
        _stale.RemoveWhere(prefix => !kept.Contains(prefix.Family));
        Trim();
        return gone;
    }

    /// <summary>All routes of a family are gone, and the handler knows it.</summary>
    public void Forget(BgpFamily family)
    {
        _current.RemoveWhere(prefix => prefix.Family == family);
        _stale.RemoveWhere(prefix => prefix.Family == family);
        Trim();
    }

    /// <summary>Takes all stale prefixes out: they are gone.</summary>
    public IReadOnlyList<IpPrefix> TakeStale() => TakeStale(_ => true);

    // Apart from Record, which would otherwise make the closure at each call.
    private IpPrefix[] EndOfRib(BgpFamily complete) => TakeStale(family => family == complete);

    private IpPrefix[] TakeStale(Func<BgpFamily, bool> ofFamily)
    {
        if (_stale.Count == 0)
        {
            return [];
        }

        IpPrefix[] gone = [.. _stale.Where(prefix => ofFamily(prefix.Family))];
        _stale.ExceptWith(gone);
        Trim();
        return gone;
    }

    /// <summary>A set keeps the space of all it ever held.</summary>
    private void Trim()
    {
        if (_stale.Count == 0)
        {
            _stale = [];
        }

        if (_current.Count == 0)
        {
            _current = [];
        }
    }

    private static GracefulRestartFamily? Covers(GracefulRestartCapability? restart, BgpFamily family)
    {
        foreach (var entry in restart?.Families ?? [])
        {
            if (entry.Family == family)
            {
                return entry;
            }
        }

        return null;
    }
}
