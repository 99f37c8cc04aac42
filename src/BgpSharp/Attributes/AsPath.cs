namespace BgpSharp;

/// <summary>An AS_PATH (RFC 4271 §5.1.2): the ASes a route went through, nearest first. Immutable.</summary>
public sealed class AsPath : IEquatable<AsPath>
{
    /// <summary>The empty path of a route that has not left its AS.</summary>
    public static readonly AsPath Empty = new(Array.Empty<AsPathSegment>());

    private readonly AsPathSegment[] _segments;

    /// <summary>Makes a path of one AS_SEQUENCE; no numbers make the empty path.</summary>
    /// <param name="sequence">The AS numbers, nearest first.</param>
    public AsPath(params IEnumerable<Asn> sequence)
        : this(ToSegments([.. sequence]))
    {
    }

    private AsPath(AsPathSegment[] segments) => _segments = segments;

    /// <summary>The segments, nearest first.</summary>
    public IReadOnlyList<AsPathSegment> Segments => _segments;

    /// <summary>Whether the path has no segment.</summary>
    public bool IsEmpty => _segments.Length == 0;

    /// <summary>The length that route selection compares: a set counts one, confederation segments none (RFC 5065 §5.3).</summary>
    public int Length
    {
        get
        {
            var length = 0;
            foreach (var segment in _segments)
            {
                length += segment.Type switch
                {
                    AsPathSegmentType.Sequence => segment.Asns.Count,
                    AsPathSegmentType.Set => 1,
                    _ => 0,
                };
            }

            return length;
        }
    }

    /// <summary>Makes a path of segments.</summary>
    /// <param name="segments">The segments, nearest first, copied.</param>
    /// <returns>The path.</returns>
    public static AsPath FromSegments(params IEnumerable<AsPathSegment> segments) => new((AsPathSegment[])[.. segments]);

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

        var repeated = Enumerable.Repeat(asn, times);
        return _segments is [{ Type: AsPathSegmentType.Sequence } first, .. var rest]
            ? FromSegments([new AsPathSegment(AsPathSegmentType.Sequence, repeated.Concat(first.Asns)), .. rest])
            : FromSegments([new AsPathSegment(AsPathSegmentType.Sequence, repeated), .. _segments]);
    }

    /// <inheritdoc/>
    public bool Equals(AsPath? other) => other is not null && _segments.AsSpan().SequenceEqual(other._segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AsPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var segment in _segments)
        {
            hash.Add(segment);
        }

        return hash.ToHashCode();
    }

    /// <summary>The usual form.</summary>
    /// <returns>For example <c>65001 65002 {65003,65004}</c>; empty for the empty path.</returns>
    public override string ToString() => string.Join<AsPathSegment>(' ', _segments);

    private static AsPathSegment[] ToSegments(Asn[] sequence) =>
        sequence.Length == 0 ? [] : [new AsPathSegment(AsPathSegmentType.Sequence, sequence)];
}
