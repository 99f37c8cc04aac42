using System.Collections;
using System.Runtime.InteropServices;

namespace BgpSharp;

/// <summary>The routes an UPDATE announces. They share their attributes, so that the list keeps only their paths.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BgpRouteList : IReadOnlyList<BgpRoute>
{
    private readonly BgpPath[]? _paths;
    private readonly BgpRouteAttributes? _first;
    private readonly BgpRouteAttributes? _second;
    private readonly int _secondStart;

    internal BgpRouteList(BgpPath[] paths, BgpRouteAttributes? first, BgpRouteAttributes? second, int secondStart)
    {
        _paths = paths;
        _first = first;
        _second = second;
        _secondStart = secondStart;
    }

    /// <summary>How many there are.</summary>
    public int Count => _paths?.Length ?? 0;

    /// <summary>One of them.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at that index.</exception>
    public BgpRoute this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new BgpRoute(_paths![index], _second is null || index < _secondStart ? _first! : _second);
        }
    }

    /// <summary>Enumerates the routes.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<BgpRoute> IEnumerable<BgpRoute>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates routes.</summary>
    public struct Enumerator : IEnumerator<BgpRoute>
    {
        private readonly BgpRouteList _routes;
        private int _next;

        internal Enumerator(BgpRouteList routes) => _routes = routes;

        /// <summary>The present route.</summary>
        public readonly BgpRoute Current => _routes[_next - 1];

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes to the next route.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext() => _next < _routes.Count && ++_next > 0;

        /// <summary>Goes in front of the first route.</summary>
        public void Reset() => _next = 0;

        /// <summary>Does nothing.</summary>
        public readonly void Dispose()
        {
        }
    }
}
