namespace BgpSharp.Sessions;

/// <summary>
/// The prefixes of one family that count against a limit: those the peer has announced and not withdrawn, never more than
/// the limit's maximum. Used by the read loop only.
/// </summary>
internal sealed class PrefixCount(BgpPrefixLimit limit)
{
    private HashSet<IpPrefix> _held = [];
    private HashSet<IpPrefix>? _stale;
    private int _count;

    /// <summary>The limit; a lower one lets nothing new in until enough are withdrawn.</summary>
    public BgpPrefixLimit Limit { get; set; } = limit;

    /// <summary>How many there are; for anyone to read.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the log was told that the limit is near, and that it is exceeded.</summary>
    public (bool Near, bool Exceeded) Told { get; set; }

    /// <summary>Whether the threshold of the limit is reached.</summary>
    public bool IsNear => Count >= (long)Limit.Maximum * Limit.WarningPercent / 100 && Count > 0;

    public bool Holds(in IpPrefix prefix) => _held.Contains(prefix) || _stale?.Contains(prefix) == true;

    /// <summary>Counts a prefix; false: there is no room for it.</summary>
    public bool TryHold(in IpPrefix prefix)
    {
        if (_held.Contains(prefix))
        {
            return true;
        }

        if (_stale?.Remove(prefix) != true && Count >= Limit.Maximum)
        {
            return false;
        }

        _held.Add(prefix);
        Recount();
        return true;
    }

    public void Release(in IpPrefix prefix)
    {
        if (_held.Remove(prefix) || _stale?.Remove(prefix) == true)
        {
            Recount();
        }
    }

    /// <summary>The peer begins to send everything again, or has done so: what it did not send is gone (RFC 7313 §4).</summary>
    public void Refresh(bool begins)
    {
        if (begins)
        {
            _held.UnionWith(_stale ?? []);
            (_stale, _held) = (_held, []);
        }
        else
        {
            _stale = null;
        }

        Recount();
    }

    private void Recount() => Volatile.Write(ref _count, _held.Count + (_stale?.Count ?? 0));
}
