using System.Runtime.InteropServices;

namespace BgpSharp;

/// <summary>
/// An AS_PATH (RFC 4271 §5.1.2): the ASes a route went through, nearest first. Immutable; <c>default</c> is the empty path.
/// Enumerates segments.
/// </summary>
public readonly partial struct AsPath : IEquatable<AsPath>
{
    /// <summary>The empty path of a route that has not left its AS.</summary>
    public static readonly AsPath Empty;

    // Segments one after the other, each a header word and its numbers; null: none.
    private readonly uint[]? _words;

    /// <summary>Makes a path of one AS_SEQUENCE; no numbers make the empty path.</summary>
    /// <param name="sequence">The AS numbers, nearest first.</param>
    public AsPath(params IEnumerable<Asn> sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        Asn[] asns = [.. sequence];
        _words = asns.Length == 0 ? null : new AsPathSegment(AsPathSegmentType.Sequence, asns).Words.ToArray();
    }

    private AsPath(uint[]? words, bool isEmpty) => _words = isEmpty ? null : words;

    /// <summary>Whether the path has no segment.</summary>
    public bool IsEmpty => _words is null;

    /// <summary>The length that route selection compares: a set counts one, confederation segments none (RFC 5065 §5.3).</summary>
    public int Length
    {
        get
        {
            var length = 0;
            foreach (var segment in this)
            {
                length += segment.Hops;
            }

            return length;
        }
    }

    internal ReadOnlySpan<uint> Words => _words;

    /// <summary>Makes a path of segments.</summary>
    /// <param name="segments">The segments, nearest first, copied.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentException">A segment is <c>default</c>.</exception>
    public static AsPath FromSegments(params IEnumerable<AsPathSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        List<uint> words = [];
        foreach (var segment in segments)
        {
            if (segment.Words.IsEmpty)
            {
                throw new ArgumentException("A segment of an AS_PATH has at least one AS number (RFC 7606 §7.2).", nameof(segments));
            }

            words.AddRange(segment.Words);
        }

        return FromWords([.. words]);
    }

    /// <summary>Enumerates the segments, nearest first.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_words);

    /// <summary>Whether an AS number is anywhere in the path.</summary>
    /// <param name="asn">The AS number.</param>
    /// <returns>Whether it is there.</returns>
    public bool Contains(Asn asn)
    {
        foreach (var segment in this)
        {
            if (segment.Numbers.Contains(asn.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The path with a number put in front, one or more times (RFC 4271 §5.1.2).</summary>
    /// <param name="asn">The AS number.</param>
    /// <param name="times">How often, at least 0.</param>
    /// <returns>The longer path.</returns>
    public AsPath Prepend(Asn asn, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        if (times == 0)
        {
            return this;
        }

        // Into the sequence that leads, if one does; else before whatever does.
        var first = IsEmpty ? default : new AsPathSegment(_words!, 0);
        var joined = first.Type == AsPathSegmentType.Sequence ? first.Numbers.Length : 0;
        var rest = joined > 0 ? Words[1..] : Words;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, AsPathSegment.MaximumCount - joined);
        var words = new uint[1 + times + rest.Length];
        words[0] = AsPathSegment.Header(AsPathSegmentType.Sequence, times + joined);
        words.AsSpan(1, times).Fill(asn.Value);
        rest.CopyTo(words.AsSpan(1 + times));
        return FromWords(words);
    }

    /// <inheritdoc/>
    public bool Equals(AsPath other) => Words.SequenceEqual(other.Words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AsPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(Words));
        return hash.ToHashCode();
    }

    /// <summary>Whether both are the same path.</summary>
    /// <param name="left">One path.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(AsPath left, AsPath right) => left.Equals(right);

    /// <summary>Whether the paths differ.</summary>
    /// <param name="left">One path.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(AsPath left, AsPath right) => !left.Equals(right);

    /// <summary>The path that an array describes, which becomes its own.</summary>
    internal static AsPath FromWords(uint[] words) => new(words, words.Length == 0);

    /// <summary>Enumerates the segments of an AS path.</summary>
    public struct Enumerator
    {
        private readonly uint[]? _words;
        private int _next;

        internal Enumerator(uint[]? words) => _words = words;

        /// <summary>The present segment.</summary>
        public AsPathSegment Current { get; private set; }

        /// <summary>Goes to the next segment.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_words is null || _next == _words.Length)
            {
                return false;
            }

            Current = new AsPathSegment(_words, _next);
            _next += 1 + AsPathSegment.CountOf(_words[_next]);
            return true;
        }
    }
}
