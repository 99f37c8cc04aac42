using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>Holds what a peer announces in one session against its limits. Used by the read loop only, but for the count.</summary>
internal sealed class PrefixLimiter
{
    private readonly Func<IpPrefix, bool> _isWanted;
    private IReadOnlyList<BgpPrefixLimit> _limits = [];
    private PrefixCount[] _counts = [];

    public PrefixLimiter() => _isWanted = IsWanted;

    /// <summary>One count a family with a limit.</summary>
    public ReadOnlySpan<PrefixCount> Counts => Volatile.Read(ref _counts);

    /// <summary>Takes the limits on that are in force now; false: there are none.</summary>
    public bool IsNeeded(IReadOnlyList<BgpPrefixLimit> limits)
    {
        if (!ReferenceEquals(limits, _limits))
        {
            _limits = limits;
            Volatile.Write(ref _counts, [.. limits.Select(Take)]);
        }

        return _counts.Length > 0;
    }

    /// <summary>Counts an UPDATE; what is withdrawn makes room first. Says how many prefixes there was no room for.</summary>
    /// <param name="view">The UPDATE.</param>
    /// <param name="discarded">How many of them are not to be handed on.</param>
    /// <param name="exceeded">One of the limits that were exceeded, the strictest one; null: none was.</param>
    public void Count(in UpdateView view, out int discarded, out PrefixCount? exceeded)
    {
        (discarded, exceeded) = (0, null);
        foreach (var prefix in view.WithdrawnPrefixes)
        {
            Find(prefix)?.Release(prefix);
        }

        foreach (var prefix in view.AnnouncedPrefixes)
        {
            if (Find(prefix) is { } count && !count.TryHold(prefix))
            {
                discarded += count.Limit.Action == BgpPrefixLimitAction.Discard ? 1 : 0;
                exceeded = exceeded is null || count.Limit.Action < exceeded.Limit.Action ? count : exceeded;
            }
        }
    }

    /// <summary>The beginning or the end of a refresh.</summary>
    public void Refresh(BgpFamily family, bool begins)
    {
        foreach (var count in _counts)
        {
            if (count.Limit.Family == family)
            {
                count.Refresh(begins);
            }
        }
    }

    /// <summary>All prefixes of a family are gone.</summary>
    public void Release(BgpFamily family)
    {
        Refresh(family, begins: true);
        Refresh(family, begins: false);
    }

    /// <summary>Writes the UPDATE's body without the prefixes that are discarded; says its length.</summary>
    public int WriteKept(in UpdateView view, Span<byte> body) => UpdateFilter.Write(in view, _isWanted, body);

    private PrefixCount Take(BgpPrefixLimit limit)
    {
        foreach (var count in _counts)
        {
            if (count.Limit.Family == limit.Family)
            {
                count.Limit = limit;
                return count;
            }
        }

        return new PrefixCount(limit);
    }

    private bool IsWanted(IpPrefix prefix) =>
        Find(prefix) is not { Limit.Action: BgpPrefixLimitAction.Discard } count || count.Holds(prefix);

    private PrefixCount? Find(in IpPrefix prefix)
    {
        foreach (var count in _counts)
        {
            if (count.Limit.Family == prefix.Family)
            {
                return count;
            }
        }

        return null;
    }
}
