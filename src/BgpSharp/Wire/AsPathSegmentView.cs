using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>One segment of an AS_PATH where it lies in a received message. Enumerates its AS numbers, nearest first.</summary>
public readonly ref struct AsPathSegmentView
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly int _asnOctets;

    internal AsPathSegmentView(AsPathSegmentType type, ReadOnlySpan<byte> octets, int asnOctets)
    {
        Type = type;
        _octets = octets;
        _asnOctets = asnOctets;
    }

    /// <summary>The segment type.</summary>
    public AsPathSegmentType Type { get; }

    /// <summary>The number of AS numbers.</summary>
    public int Count => _asnOctets == 4 ? _octets.Length >> 2 : _octets.Length >> 1;

    internal bool IsConfederation => Type is AsPathSegmentType.ConfedSequence or AsPathSegmentType.ConfedSet;

    internal int Hops => Type switch { AsPathSegmentType.Sequence => Count, AsPathSegmentType.Set => 1, _ => 0 };

    /// <summary>One of the AS numbers.</summary>
    /// <param name="index">0 for the nearest.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at that index.</exception>
    public Asn this[int index] => AsPathField.ReadAsn(_octets.Slice(index * _asnOctets, _asnOctets), _asnOctets);

    /// <summary>Enumerates the AS numbers.</summary>
    /// <returns>The enumerator.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Enumerator GetEnumerator() => new(_octets, _asnOctets);

    internal void CopyTo(Span<uint> numbers)
    {
        if (_asnOctets == 4)
        {
            BigEndian.Read(_octets, numbers);
            return;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt16BigEndian(_octets[(2 * i)..]);
        }
    }

    internal AsPathSegmentView First(int count) => new(Type, _octets[..(count * _asnOctets)], _asnOctets);

    /// <summary>Enumerates the AS numbers of a segment.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _octets;
        private readonly int _asnOctets;
        private int _position;
        private int _next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ReadOnlySpan<byte> octets, int asnOctets)
        {
            _octets = octets;
            _asnOctets = asnOctets;
        }

        /// <summary>The present AS number.</summary>
        public readonly Asn Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => AsPathField.ReadAsn(_octets[_position..], _asnOctets);
        }

        /// <summary>Goes to the next AS number.</summary>
        /// <returns>Whether there is one.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (_next >= _octets.Length)
            {
                return false;
            }

            _position = _next;
            _next += _asnOctets;
            return true;
        }
    }
}
