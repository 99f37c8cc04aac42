using System.Runtime.CompilerServices;

namespace BgpSharp;

/// <summary>
/// The values of a list attribute (COMMUNITIES, LARGE_COMMUNITY, CLUSTER_LIST ...) where they lie in a message, in wire
/// order. Octets behind the last whole value do not show.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
public readonly ref struct ValuesView<T>
    where T : struct, IWireValue<T>
{
    private readonly ReadOnlySpan<byte> _octets;

    /// <summary>Looks at the value of an attribute.</summary>
    /// <param name="octets">The attribute's value.</param>
    public ValuesView(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>How many there are.</summary>
    public int Count => _octets.Length / T.WireLength;

    /// <summary>One of them.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at that index.</exception>
    public T this[int index] => T.ReadFrom(_octets.Slice(index * T.WireLength, T.WireLength));

    /// <summary>Enumerates the values.</summary>
    /// <returns>The enumerator.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Enumerator GetEnumerator() => new(_octets);

    /// <summary>Makes the list to keep.</summary>
    /// <returns>The values.</returns>
    public IReadOnlyList<T> ToList() => ToArray();

    internal T[] ToArray()
    {
        if (Count == 0)
        {
            return [];
        }

        var values = new T[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = this[i];
        }

        return values;
    }

    /// <summary>Enumerates values.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _octets;
        private int _position;
        private int _next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ReadOnlySpan<byte> octets) => _octets = octets;

        /// <summary>The present value.</summary>
        public readonly T Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => T.ReadFrom(_octets[_position..]);
        }

        /// <summary>Goes to the next value.</summary>
        /// <returns>Whether there is one.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (_octets.Length - _next < T.WireLength)
            {
                return false;
            }

            _position = _next;
            _next += T.WireLength;
            return true;
        }
    }
}
