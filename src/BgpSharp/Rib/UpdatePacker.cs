using System.Runtime.InteropServices;
using BgpSharp.Wire;

namespace BgpSharp.Rib;

/// <summary>
/// Collects prefixes by group for as long as their messages surely fit the space there is, then writes them. One packer
/// serves all sessions of a table, one after the other; it keeps its memory.
/// </summary>
internal sealed class UpdatePacker
{
    private const int MaximumSlots = 16 * 1024;

    private readonly List<Slot> _slots = [];
    private readonly List<UpdateGroup> _groups = [];
    private IpPrefix[] _run = new IpPrefix[16];
    private byte[] _probe = [];
    private WireContext _context;
    private int _space;

    /// <summary>Begins with nothing collected, whatever became of the collection before.</summary>
    public void Begin(int space, WireContext context)
    {
        (_space, _context) = (space, context);
        if (_probe.Length < context.MaximumMessageLength)
        {
            _probe = new byte[context.MaximumMessageLength];
        }

        Clear();
    }

    public PackResult Add(UpdateGroup group, IpPrefix prefix)
    {
        var size = 1 + ((prefix.Length + 7) / 8);
        if (group.Overhead == 0)
        {
            var length = WriteOne(group, [prefix], _probe, out var taken);
            if (taken == 0)
            {
                return PackResult.TooLong;
            }

            group.Overhead = length - size;
        }

        if (_slots.Count == MaximumSlots)
        {
            return PackResult.Full;
        }

        var cost = size;
        var room = group.Room;
        if (size > room)
        {
            room = _context.MaximumMessageLength - group.Overhead;
            cost += group.Overhead;
            if (size > room)
            {
                return PackResult.TooLong;
            }
        }

        if (cost > _space)
        {
            return PackResult.Full;
        }

        _space -= cost;
        group.Room = room - size;
        Append(group, prefix);
        return PackResult.Added;
    }

    /// <summary>Writes what was collected, withdrawals first, and forgets it.</summary>
    public int Write(Span<byte> destination, out int messages)
    {
        messages = 0;
        if (_run.Length < _slots.Count)
        {
            _run = new IpPrefix[Math.Max(_slots.Count, 2 * _run.Length)];
        }

        var written = WriteGroups(destination, withdrawals: true, ref messages);
        written += WriteGroups(destination[written..], withdrawals: false, ref messages);
        Clear();
        return written;
    }

    private void Clear()
    {
        foreach (var group in _groups)
        {
            (group.First, group.Last, group.Room) = (-1, -1, 0);
        }

        _groups.Clear();
        _slots.Clear();
    }

    private void Append(UpdateGroup group, IpPrefix prefix)
    {
        if (group.First < 0)
        {
            _groups.Add(group);
            group.First = _slots.Count;
        }
        else
        {
            CollectionsMarshal.AsSpan(_slots)[group.Last].Next = _slots.Count;
        }

        group.Last = _slots.Count;
        _slots.Add(new Slot { Prefix = prefix, Next = -1 });
    }

    private int WriteGroups(Span<byte> destination, bool withdrawals, ref int messages)
    {
        var written = 0;
        foreach (var group in _groups)
        {
            if (group.Attributes is null != withdrawals)
            {
                continue;
            }

            var count = 0;
            for (var slot = group.First; slot >= 0; slot = _slots[slot].Next)
            {
                _run[count++] = _slots[slot].Prefix;
            }

            for (var prefixes = _run.AsSpan(0, count); prefixes.Length > 0; messages++)
            {
                written += WriteOne(group, prefixes, destination[written..], out var taken);
                if (taken == 0)
                {
                    throw new InvalidOperationException($"{prefixes.Length} prefixes of {group.Family} do not fit the space computed for them.");
                }

                prefixes = prefixes[taken..];
            }
        }

        return written;
    }

    private int WriteOne(UpdateGroup group, ReadOnlySpan<IpPrefix> prefixes, Span<byte> message, out int taken) =>
        group.Attributes is { } attributes
            ? UpdateWriter.WriteAnnouncements(message, attributes, prefixes, _context, out taken)
            : UpdateWriter.WriteWithdrawals(message, group.Family, prefixes, _context, out taken);

    private struct Slot
    {
        public IpPrefix Prefix;
        public int Next;
    }
}
