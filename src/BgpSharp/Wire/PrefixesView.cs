using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>Prefixes of a received UPDATE where they lie in the message, IPv4 and IPv6 unicast, in wire order.</summary>
public readonly ref struct PrefixesView
{
    private readonly NlriView _first;
    private readonly NlriView _second;
    private readonly NlriView _third;
    private readonly NlriView _fourth;

    internal PrefixesView(NlriView first, NlriView second = default, NlriView third = default, NlriView fourth = default)
    {
        _first = first;
        _second = second;
        _third = third;
        _fourth = fourth;
    }

    /// <summary>Whether there is no prefix.</summary>
    public bool IsEmpty => !Any(_first) && !Any(_second) && !Any(_third) && !Any(_fourth);

    /// <summary>How many prefixes there are; walks over them.</summary>
    /// <returns>The number.</returns>
    public int Count() => _first.Count() + _second.Count() + _third.Count() + _fourth.Count();

    /// <summary>Enumerates the prefixes.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>
    /// Makes the list to keep, with path identifiers where they are agreed on. A default route that a field names again
    /// and again is in it once.
    /// </summary>
    /// <returns>The prefixes.</returns>
    public IReadOnlyList<BgpPath> ToList() => ToArray();

    internal BgpPath[] ToArray()
    {
        if (IsEmpty)
        {
            return [];
        }

        var paths = new BgpPath[_first.PathCount() + _second.PathCount() + _third.PathCount() + _fourth.PathCount()];
        var filled = _first.CopyTo(paths);
        filled += _second.CopyTo(paths.AsSpan(filled));
        filled += _third.CopyTo(paths.AsSpan(filled));
        _fourth.CopyTo(paths.AsSpan(filled));
        return paths;
    }

    private static bool Any(NlriView field) => !field.IsEmpty && field.HasPrefixes;

    /// <summary>Enumerates prefixes.</summary>
    public ref struct Enumerator
    {
        private readonly PrefixesView _view;
        private NlriView.Enumerator _entries;
        private int _field;

        internal Enumerator(PrefixesView view)
        {
            _view = view;
            _entries = view._first.GetEnumerator();
        }

        /// <summary>The present prefix.</summary>
        public readonly IpPrefix Current => _entries.Current.ToPrefix();

        /// <summary>Goes to the next prefix.</summary>
        /// <returns>Whether there is one.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext() => _entries.MoveNext() || MoveToNextField();

        private bool MoveToNextField()
        {
            do
            {
                switch (++_field)
                {
                    case 1: _entries = _view._second.GetEnumerator(); break;
                    case 2: _entries = _view._third.GetEnumerator(); break;
                    case 3: _entries = _view._fourth.GetEnumerator(); break;
                    default: return false;
                }
            }
            while (!_entries.MoveNext());

            return true;
        }
    }
}
