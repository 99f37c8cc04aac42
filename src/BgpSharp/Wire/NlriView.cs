using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>
/// A field of routes of one family where it lies: withdrawn routes, NLRI, or that of a multiprotocol attribute. Enumerates
/// the prefixes of IPv4 and IPv6, unicast and multicast, with path identifiers where they were agreed on (RFC 7911 §3); other
/// families are only shown as octets. Enumerating stops in front of what is cut off or too long (RFC 7606 §5.3).
/// </summary>
public readonly ref struct NlriView
{
    private readonly ushort _afi;
    private readonly byte _safi;

    /// <summary>Looks at a field.</summary>
    /// <param name="octets">The field.</param>
    /// <param name="family">The family of its routes.</param>
    /// <param name="hasPathIds">A path identifier is in front of each prefix.</param>
    public NlriView(ReadOnlySpan<byte> octets, BgpFamily family, bool hasPathIds = false)
        : this(octets, family.Afi, family.Safi, hasPathIds)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NlriView(ReadOnlySpan<byte> octets, ushort afi, byte safi, bool hasPathIds)
    {
        Octets = octets;
        _afi = afi;
        _safi = safi;
        HasPathIds = hasPathIds;
    }

    /// <summary>The whole field.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>The family of the routes.</summary>
    public BgpFamily Family => new(_afi, _safi);

    /// <summary>Whether a path identifier is in front of each prefix.</summary>
    public bool HasPathIds { get; }

    /// <summary>Whether the field is empty.</summary>
    public bool IsEmpty => Octets.IsEmpty;

    /// <summary>Whether the field is made of prefixes; enumerating another family's gives none.</summary>
    public bool HasPrefixes => Longest > 0;

    internal bool IsUnicast => _safi == 1 && HasPrefixes;

    // The longest prefix of the family, in bits (RFC 4760 §5 and §6: multicast is written as unicast is).
    private int Longest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _safi is not (1 or 2) ? 0 : _afi == 1 ? 32 : _afi == 2 ? 128 : 0;
    }

    /// <summary>Enumerates the prefixes.</summary>
    /// <returns>The enumerator.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Enumerator GetEnumerator() => new(Octets, Longest, HasPathIds);

    /// <summary>How many prefixes can be read; walks over them.</summary>
    /// <returns>The number.</returns>
    public int Count()
    {
        var count = 0;
        var entries = GetEnumerator();
        while (entries.MoveNext())
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether the whole field can be read; walks over it. A field of another family always can.</summary>
    /// <param name="readable">How many octets can be read: where the prefix lies that cannot.</param>
    /// <returns>Whether all of it can be read.</returns>
    public bool IsWellFormed(out int readable)
    {
        var entries = GetEnumerator();
        while (entries.MoveNext())
        {
        }

        readable = HasPrefixes ? Octets.Length - entries.Rest.Length : Octets.Length;
        return readable == Octets.Length;
    }

    /// <summary>
    /// How many paths <see cref="CopyTo"/> makes. A default route takes a single octet; repeated ones become one path, as
    /// objects would cost many times the message else.
    /// </summary>
    internal int PathCount()
    {
        int count = 0, defaults = 0;
        foreach (var entry in this)
        {
            count++;
            defaults += entry.Length == 0 && !HasPathIds ? 1 : 0;
        }

        return count - Math.Max(0, defaults - 1);
    }

    internal int CopyTo(Span<BgpPath> paths)
    {
        var count = 0;
        var hasDefault = false;
        foreach (var entry in this)
        {
            var isDefault = entry.Length == 0 && !HasPathIds;
            if (!isDefault || !hasDefault)
            {
                paths[count++] = entry.ToPath();
            }

            hasDefault |= isDefault;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static NlriView Ipv4Unicast(ReadOnlySpan<byte> octets, bool hasPathIds) => new(octets, 1, 1, hasPathIds);

    /// <summary>Enumerates prefixes.</summary>
    public ref struct Enumerator
    {
        private const int PathIdLength = 4;

        private readonly ReadOnlySpan<byte> _octets;
        private readonly int _longest;
        private readonly int _lengthAt;
        private int _position;
        private int _next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ReadOnlySpan<byte> octets, int longest, bool hasPathIds)
        {
            _octets = octets;
            _longest = longest == 0 ? -1 : longest;
            _lengthAt = hasPathIds ? PathIdLength : 0;
        }

        /// <summary>The present prefix.</summary>
        public readonly NlriEntry Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new(_octets[_position.._next], _lengthAt, _longest == 32);
        }

        /// <summary>
        /// What is behind the present prefix. When <see cref="MoveNext"/> has returned false it is empty, or begins with the
        /// prefix that is cut off or too long.
        /// </summary>
        public readonly ReadOnlySpan<byte> Rest => _octets[_next..];

        /// <summary>Goes to the next prefix.</summary>
        /// <returns>Whether there is one, whole and not too long.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            var lengthAt = _next + _lengthAt;
            if ((uint)lengthAt >= (uint)_octets.Length)
            {
                return false;
            }

            int bits = _octets[lengthAt];
            var next = lengthAt + 1 + NlriField.OctetCount(bits);
            if (bits > _longest || next > _octets.Length)
            {
                return false;
            }

            _position = _next;
            _next = next;
            return true;
        }
    }
}
