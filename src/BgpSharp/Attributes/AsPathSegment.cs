namespace BgpSharp;

/// <summary>One segment of an AS_PATH. Immutable.</summary>
public sealed class AsPathSegment : IEquatable<AsPathSegment>
{
    private readonly Asn[] _asns;

    /// <summary>Makes a segment.</summary>
    /// <param name="type">The segment type.</param>
    /// <param name="asns">The AS numbers, copied; at least one (the encoder splits at 255).</param>
    /// <exception cref="ArgumentException">There is no AS number.</exception>
    public AsPathSegment(AsPathSegmentType type, params IEnumerable<Asn> asns)
    {
        Type = type;
        _asns = [.. asns];
        if (_asns.Length == 0)
        {
            throw new ArgumentException("A segment of an AS_PATH has at least one AS number (RFC 7606 §7.2).", nameof(asns));
        }
    }

    /// <summary>The segment type.</summary>
    public AsPathSegmentType Type { get; }

    /// <summary>The AS numbers, leftmost (nearest) first.</summary>
    public IReadOnlyList<Asn> Asns => _asns;

    internal ReadOnlySpan<Asn> Span => _asns;

    /// <inheritdoc/>
    public bool Equals(AsPathSegment? other) => other is not null && Type == other.Type && Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AsPathSegment);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Type);
        foreach (var asn in _asns)
        {
            hash.Add(asn);
        }

        return hash.ToHashCode();
    }

    /// <summary>The usual form: bare, <c>{set}</c>, <c>(confederation sequence)</c> or <c>[confederation set]</c>.</summary>
    /// <returns>For example <c>65001 65002</c> or <c>{65003,65004}</c>.</returns>
    public override string ToString() => Type switch
    {
        AsPathSegmentType.Sequence => string.Join(' ', _asns),
        AsPathSegmentType.Set => $"{{{string.Join(',', _asns)}}}",
        AsPathSegmentType.ConfedSequence => $"({string.Join(' ', _asns)})",
        AsPathSegmentType.ConfedSet => $"[{string.Join(',', _asns)}]",
        _ => $"<{(byte)Type}: {string.Join(' ', _asns)}>",
    };
}
