using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>
/// The value of AS_PATH or AS4_PATH where it lies (RFC 4271 §4.3): enumerates its segments, nearest first, without judgement:
/// undefined types and empty segments too. It stops in front of a segment that is cut off.
/// </summary>
public readonly ref struct AsPathSegmentsView
{
    private readonly bool _fourOctetAsn;

    /// <summary>Looks at a value.</summary>
    /// <param name="octets">The attribute's value.</param>
    /// <param name="fourOctetAsn">AS numbers have four octets, as always in AS4_PATH; else two.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AsPathSegmentsView(ReadOnlySpan<byte> octets, bool fourOctetAsn)
    {
        Octets = octets;
        _fourOctetAsn = fourOctetAsn;
    }

    /// <summary>The whole value.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Enumerates the segments.</summary>
    /// <returns>The enumerator.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Enumerator GetEnumerator() => new(Octets, _fourOctetAsn ? 4 : 2);

    /// <summary>Enumerates segments.</summary>
    public ref struct Enumerator
    {
        private readonly int _asnOctets;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _asns;
        private byte _type;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ReadOnlySpan<byte> octets, int asnOctets)
        {
            _rest = octets;
            _asnOctets = asnOctets;
        }

        /// <summary>The present segment.</summary>
        public readonly AsPathSegmentView Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new((AsPathSegmentType)_type, _asns, _asnOctets);
        }

        /// <summary>
        /// What is behind the present segment. When <see cref="MoveNext"/> has returned false it is empty, or begins with the
        /// segment that is cut off.
        /// </summary>
        public readonly ReadOnlySpan<byte> Rest => _rest;

        /// <summary>Goes to the next segment.</summary>
        /// <returns>Whether there is one, whole.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            var rest = _rest;
            if (rest.Length < AsPathField.SegmentHeader)
            {
                return false;
            }

            var length = rest[1] * _asnOctets;
            if (rest.Length - AsPathField.SegmentHeader < length)
            {
                return false;
            }

            _type = rest[0];
            _asns = rest.Slice(AsPathField.SegmentHeader, length);
            _rest = rest[(AsPathField.SegmentHeader + length)..];
            return true;
        }
    }
}
