using System.Runtime.InteropServices;

namespace BgpSharp;

/// <summary>One segment of an AS_PATH. Immutable.</summary>
public readonly struct AsPathSegment : IEquatable<AsPathSegment>
{
    internal const int MaximumCount = (1 << TypeShift) - 1;
    private const int TypeShift = 24;

    // A header word, type and count, then the numbers; a segment of a path looks into the path's own array.
    private readonly uint[]? _words;
    private readonly int _start;

    /// <summary>Makes a segment.</summary>
    /// <param name="type">The segment type.</param>
    /// <param name="asns">The AS numbers, copied; at least one (the encoder splits at 255).</param>
    /// <exception cref="ArgumentException">There is no AS number, or more than 16,777,215.</exception>
    public AsPathSegment(AsPathSegmentType type, params IEnumerable<Asn> asns)
    {
        _words = [0, .. asns.Select(asn => asn.Value)];
        var count = _words.Length - 1;
        if (count is 0 or > MaximumCount)
        {
            throw new ArgumentException(
                $"A segment of an AS_PATH has 1 to {MaximumCount} AS numbers, not {count} (RFC 7606 §7.2).", nameof(asns));
        }

        _words[0] = Header(type, count);
    }

    internal AsPathSegment(uint[] words, int start) => (_words, _start) = (words, start);

    /// <summary>The segment type.</summary>
    public AsPathSegmentType Type => _words is null ? default : (AsPathSegmentType)(_words[_start] >> TypeShift);

    /// <summary>The AS numbers, leftmost (nearest) first; none in a segment that is <c>default</c>.</summary>
    public ReadOnlySpan<Asn> Asns => MemoryMarshal.Cast<uint, Asn>(Numbers);

    internal bool IsConfederation => Type is AsPathSegmentType.ConfedSequence or AsPathSegmentType.ConfedSet;

    internal int Hops => Type switch { AsPathSegmentType.Sequence => Numbers.Length, AsPathSegmentType.Set => 1, _ => 0 };

    internal ReadOnlySpan<uint> Numbers => _words is null ? default : _words.AsSpan(_start + 1, CountOf(_words[_start]));

    /// <summary>Header and numbers.</summary>
    internal ReadOnlySpan<uint> Words => _words is null ? default : _words.AsSpan(_start, 1 + CountOf(_words[_start]));

    /// <inheritdoc/>
    public bool Equals(AsPathSegment other) => Words.SequenceEqual(other.Words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AsPathSegment other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(Words));
        return hash.ToHashCode();
    }

    /// <summary>The usual form: bare, <c>{set}</c>, <c>(confederation sequence)</c> or <c>[confederation set]</c>.</summary>
    /// <returns>For example <c>65001 65002</c> or <c>{65003 65004}</c>.</returns>
    public override string ToString() => _words is null ? "" : AsPath.FromSegments(this).ToString();

    /// <summary>Whether both are the same segment.</summary>
    /// <param name="left">One segment.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(AsPathSegment left, AsPathSegment right) => left.Equals(right);

    /// <summary>Whether the segments differ.</summary>
    /// <param name="left">One segment.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(AsPathSegment left, AsPathSegment right) => !left.Equals(right);

    internal static uint Header(AsPathSegmentType type, int count) => ((uint)type << TypeShift) | (uint)count;

    internal static int CountOf(uint header) => (int)(header & MaximumCount);
}
