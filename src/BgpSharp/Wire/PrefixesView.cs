using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>Prefixes of a received UPDATE where they lie in the message, IPv4 and IPv6 unicast, in wire order.</summary>
public readonly ref struct PrefixesView
{
    private readonly ReadOnlySpan<byte> _first;
    private readonly ReadOnlySpan<byte> _second;
    private readonly ReadOnlySpan<byte> _third;
    private readonly ReadOnlySpan<byte> _fourth;

    // One bit a field: it holds IPv4 prefixes.
    private readonly byte _v4;

    internal PrefixesView(PrefixField first, PrefixField second, PrefixField third = default, PrefixField fourth = default)
    {
        _first = first.Octets;
        _second = second.Octets;
        _third = third.Octets;
        _fourth = fourth.Octets;
        _v4 = (byte)((first.IsV4 ? 1 : 0) | (second.IsV4 ? 2 : 0) | (third.IsV4 ? 4 : 0) | (fourth.IsV4 ? 8 : 0));
    }

    /// <summary>Whether there is no prefix.</summary>
    public bool IsEmpty => _first.IsEmpty && _second.IsEmpty && _third.IsEmpty && _fourth.IsEmpty;

    /// <summary>How many prefixes there are; walks over them.</summary>
    /// <returns>The number.</returns>
    public int Count() =>
        NlriField.Count(_first) + NlriField.Count(_second) + NlriField.Count(_third) + NlriField.Count(_fourth);

    /// <summary>Enumerates the prefixes.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Makes the list to keep.</summary>
    /// <returns>The prefixes.</returns>
    public IReadOnlyList<IpPrefix> ToList()
    {
        if (IsEmpty)
        {
            return [];
        }

        var prefixes = new IpPrefix[Count()];
        var i = 0;
        foreach (var prefix in this)
        {
            prefixes[i++] = prefix;
        }

        return prefixes;
    }

    /// <summary>Enumerates prefixes.</summary>
    public ref struct Enumerator
    {
        private readonly PrefixesView _view;
        private ReadOnlySpan<byte> _rest;
        private int _field;

        internal Enumerator(PrefixesView view)
        {
            _view = view;
            _rest = view._first;
        }

        /// <summary>The present prefix.</summary>
        public IpPrefix Current { get; private set; }

        /// <summary>Goes to the next prefix.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            while (_rest.IsEmpty)
            {
                switch (++_field)
                {
                    case 1: _rest = _view._second; break;
                    case 2: _rest = _view._third; break;
                    case 3: _rest = _view._fourth; break;
                    default: return false;
                }
            }

            int length = _rest[0];
            var octets = NlriField.OctetCount(length);
            Current = IpPrefix.FromOctets((_view._v4 & (1 << _field)) != 0, _rest.Slice(1, octets), length);
            _rest = _rest[(1 + octets)..];
            return true;
        }
    }
}
