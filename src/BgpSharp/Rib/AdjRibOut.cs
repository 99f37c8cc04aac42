using BgpSharp.Wire;

namespace BgpSharp.Rib;

/// <summary>
/// What one Established session has been sent and is still owed: a cursor for each family over the table that all
/// sessions share. Not thread-safe: guarded by the lock of the table it is attached to.
/// </summary>
internal sealed class AdjRibOut
{
    // Kept free in every flush, or constant change could keep End-of-RIB (23 and 29 octets, RFC 4724 §2) out for ever.
    private const int EndOfRibReserve = 64;

    private readonly UpdatePacker _packer;
    private readonly WireContext _context;
    private readonly FamilyOut[] _families;

    public AdjRibOut(UpdatePacker packer, OutboundPolicy policy, IEnumerable<RouteCursor> cursors, WireContext context)
    {
        _packer = packer;
        _context = context;
        _families = [.. cursors.Select(cursor => new FamilyOut(cursor, new UpdateGroups(cursor.Family, policy, context)))];
    }

    /// <summary>Whether a call of <see cref="Fill"/> has anything to look at; what it finds may still need no message.</summary>
    public bool HasPending
    {
        get
        {
            foreach (var family in _families)
            {
                if (family.OwesEndOfRib || family.OwesRefreshBegin || family.OwesRefreshEnd || !family.Cursor.IsAtEnd)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Everything up to the table's version is handed out; after <see cref="WithdrawAll"/>, every withdrawal is.</summary>
    public bool IsSynchronized => !HasPending;

    /// <summary>The prefixes the peer has from us, once it has read what was handed out.</summary>
    public long AdvertisedCount => _families.Sum(family => (long)family.Cursor.SentCount);

    /// <summary>The prefixes that were looked at and not sent.</summary>
    public long RefusedCount => _families.Sum(family => (long)family.Cursor.RefusedCount);

    /// <summary>The prefixes remembered because the cursor's position alone does not tell what the peer knows of them.</summary>
    public long ExceptionCount => _families.Sum(family => (long)family.Cursor.ExceptionCount);

    /// <summary>The prefixes that were looked at and not sent, and why; valid until the next call.</summary>
    public IEnumerable<(IpPrefix Prefix, PeerView Reason)> Refusals => _families.SelectMany(family => family.Cursor.Refusals);

    /// <summary>The least space for <see cref="Fill"/>: a message of the greatest length, and every End-of-RIB.</summary>
    public int MinimumSpace => _context.MaximumMessageLength + EndOfRibReserve;

    /// <summary>How many ROUTE-REFRESH messages, which mark where a refresh begins and ends, the last <see cref="Fill"/> wrote.</summary>
    public int RefreshMarks { get; private set; }

    internal IEnumerable<RouteCursor> Cursors => _families.Select(family => family.Cursor);

    /// <summary>
    /// Whether everything up to a version is handed out. A prefix that changed after that version counts as handed out,
    /// so that a table that never rests cannot make its caller wait for ever.
    /// </summary>
    public bool HasHandedOut(long version) =>
        _families.All(family => !family.OwesEndOfRib && family.Cursor.HasPassed(version));

    /// <summary>
    /// Writes whole UPDATEs: withdrawals first, then announcements grouped by their attributes, then the End-of-RIB of
    /// each family whose first full set is out; around a refresh its marks. What was written counts as sent. Call again until the result is zero.
    /// </summary>
    /// <param name="destination">At least <see cref="MinimumSpace"/>; 64 KiB makes full use of a flush.</param>
    /// <param name="messages">The number of UPDATEs written.</param>
    /// <returns>The octets written; zero: nothing is pending.</returns>
    public int Fill(Span<byte> destination, out int messages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MinimumSpace);
        messages = 0;
        RefreshMarks = 0;
        var written = 0;
        WriteRefreshBegins(destination, ref written);
        while (HasPending)
        {
            var space = Math.Max(0, destination.Length - written - EndOfRibReserve);
            _packer.Begin(space, _context);
            Collect();
            written += _packer.Write(destination.Slice(written, space), out var updates);
            var count = updates + WriteEndOfRibs(destination, ref written);
            messages += count;
            if (!WriteRefreshEnds(destination, ref written) && count == 0)
            {
                break;
            }
        }

        foreach (var family in _families)
        {
            if (family.Cursor.IsAtEnd)
            {
                family.Groups.Rest();
            }
        }

        return written;
    }

    /// <summary>From now on: withdraws everything the peer has from us, then nothing more.</summary>
    public void WithdrawAll()
    {
        foreach (var family in _families)
        {
            family.OwesEndOfRib = family.OwesRefreshBegin = family.OwesRefreshEnd = false;
            family.Groups.Stop();
            family.Cursor.StartOver();
        }
    }

    /// <summary>Sends everything again, for traffic to leave or to stay, unless it was sent so.</summary>
    public void SetLeaving(Leaving? leaving)
    {
        foreach (var family in _families)
        {
            if (family.Groups.SetLeaving(leaving))
            {
                family.Cursor.StartOver();
            }
        }
    }

    /// <summary>Sends everything again by other rules: what they refuse is withdrawn.</summary>
    public void SetPolicy(OutboundPolicy policy)
    {
        foreach (var family in _families)
        {
            family.Groups.SetPolicy(policy);
            family.Cursor.StartOver();
        }
    }

    /// <summary>
    /// Sends everything of a family again (RFC 2918), between marks for a peer that knows them (RFC 7313); families that were
    /// not agreed on are ignored.
    /// </summary>
    public void Resend(BgpFamily family, bool marked)
    {
        foreach (var sent in _families)
        {
            if (sent.Cursor.Family == family)
            {
                sent.Cursor.StartOver();
                sent.OwesRefreshBegin = sent.OwesRefreshEnd = marked;
            }
        }
    }

    private void Collect()
    {
        foreach (var family in _families)
        {
            if (!family.Cursor.CollectTombstones(_packer, family.Groups))
            {
                return;
            }
        }

        foreach (var family in _families)
        {
            if (!family.Cursor.CollectAnnounced(_packer, family.Groups))
            {
                return;
            }
        }
    }

    private int WriteEndOfRibs(Span<byte> destination, ref int written)
    {
        var messages = 0;
        foreach (var family in _families)
        {
            if (family.OwesEndOfRib && family.Cursor.HasPassedFirstSet)
            {
                written += UpdateWriter.WriteEndOfRib(destination[written..], family.Cursor.Family);
                family.OwesEndOfRib = false;
                messages++;
            }
        }

        return messages;
    }

    private void WriteRefreshBegins(Span<byte> destination, ref int written)
    {
        foreach (var family in _families)
        {
            if (family.OwesRefreshBegin)
            {
                written += RouteRefreshCodec.WriteMark(destination[written..], family.Cursor.Family, RouteRefreshSubtype.Begin);
                family.OwesRefreshBegin = false;
                RefreshMarks++;
            }
        }
    }

    /// <summary>
    /// A peer drops what it was not sent again when the end comes, and a route that changed meanwhile is behind the others:
    /// so the end waits until nothing is left to send.
    /// </summary>
    private bool WriteRefreshEnds(Span<byte> destination, ref int written)
    {
        var before = written;
        foreach (var family in _families)
        {
            if (family is { OwesRefreshBegin: false, OwesRefreshEnd: true, Cursor.IsAtEnd: true } && destination.Length - written >= EndOfRibReserve)
            {
                written += RouteRefreshCodec.WriteMark(destination[written..], family.Cursor.Family, RouteRefreshSubtype.End);
                family.OwesRefreshEnd = false;
                RefreshMarks++;
            }
        }

        return written > before;
    }

    private sealed class FamilyOut(RouteCursor cursor, UpdateGroups groups)
    {
        public RouteCursor Cursor { get; } = cursor;

        public UpdateGroups Groups { get; } = groups;

        public bool OwesEndOfRib { get; set; } = true;

        public bool OwesRefreshBegin { get; set; }

        public bool OwesRefreshEnd { get; set; }
    }
}
