using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>
/// A received UPDATE to keep (RFC 4271 §4.3). Immutable. Two are equal when they change the same, in the same order;
/// <see cref="UpdateWriter.TryWrite"/> writes one again.
/// </summary>
public sealed class BgpUpdate : IEquatable<BgpUpdate>
{
    private readonly BgpPath[] _withdrawn;
    private readonly BgpPath[] _announced;
    private readonly BgpRouteAttributes? _attributes;
    private readonly Rest? _rest;

    internal BgpUpdate(BgpPath[] withdrawn, BgpPath[] announced, BgpRouteAttributes? attributes, Rest? rest)
    {
        _withdrawn = withdrawn;
        _announced = announced;
        _attributes = attributes;
        _rest = rest;
    }

    /// <summary>What is no longer reachable, in wire order.</summary>
    public IReadOnlyList<BgpPath> Withdrawn => _withdrawn;

    /// <summary>
    /// The routes announced, in wire order, next hop set. Routes of one family share one attributes object; those of
    /// another family differ in the next hop.
    /// </summary>
    public BgpRouteList Announced => new(_announced, _attributes, _rest?.SecondAttributes, _rest?.SecondStart ?? 0);

    /// <summary>
    /// MP_REACH_NLRI and MP_UNREACH_NLRI of families whose prefixes are not read here, byte for byte, in wire order;
    /// without those that withdraw nothing.
    /// </summary>
    public IReadOnlyList<RawPathAttribute> OtherFamilies => _rest?.OtherFamilies ?? [];

    /// <summary>
    /// The attributes of the message: those of the first route announced, or, without a next hop, those that go with
    /// <see cref="OtherFamilies"/>. Null in a message that only withdraws.
    /// </summary>
    public BgpRouteAttributes? Attributes => _attributes;

    /// <summary>The family whose End-of-RIB marker this is (RFC 4724 §2); null when it is none.</summary>
    public BgpFamily? EndOfRib => _rest?.EndOfRib;

    internal ReadOnlySpan<BgpPath> WithdrawnPaths => _withdrawn;

    /// <summary>The paths that share <see cref="Attributes"/>.</summary>
    internal ReadOnlySpan<BgpPath> FirstPaths => _rest?.SecondAttributes is null ? _announced : _announced.AsSpan(0, _rest.SecondStart);

    /// <summary>The paths that share <see cref="SecondAttributes"/>.</summary>
    internal ReadOnlySpan<BgpPath> SecondPaths => _rest?.SecondAttributes is null ? default : _announced.AsSpan(_rest.SecondStart);

    internal BgpRouteAttributes? SecondAttributes => _rest?.SecondAttributes;

    /// <inheritdoc/>
    public bool Equals(BgpUpdate? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && EndOfRib == other.EndOfRib
            && _withdrawn.AsSpan().SequenceEqual(other._withdrawn)
            && FirstPaths.SequenceEqual(other.FirstPaths)
            && SecondPaths.SequenceEqual(other.SecondPaths)
            && Equals(_attributes, other._attributes)
            && Equals(SecondAttributes, other.SecondAttributes)
            && OtherFamilies.SequenceEqual(other.OtherFamilies));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BgpUpdate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(EndOfRib);
        hash.Add(_attributes);
        foreach (var path in _withdrawn)
        {
            hash.Add(path);
        }

        foreach (var path in _announced)
        {
            hash.Add(path);
        }

        foreach (var other in OtherFamilies)
        {
            hash.Add(other);
        }

        return hash.ToHashCode();
    }

    /// <summary>What the message changes.</summary>
    /// <returns>For example <c>withdraw 203.0.113.10/32; announce 203.0.113.11/32 (...)</c>.</returns>
    public override string ToString()
    {
        List<string> parts = [];
        if (EndOfRib is { } family)
        {
            parts.Add($"end-of-rib {family}");
        }

        if (Withdrawn.Count > 0)
        {
            parts.Add($"withdraw {string.Join(' ', Withdrawn)}");
        }

        if (Announced.Count > 0)
        {
            parts.Add($"announce {string.Join(' ', Announced)}");
        }

        if (OtherFamilies.Count > 0)
        {
            parts.Add($"other families {string.Join(' ', OtherFamilies)}");
        }

        return parts.Count == 0 ? "no change" : string.Join("; ", parts);
    }

    /// <summary>What few messages have.</summary>
    internal sealed class Rest
    {
        public BgpFamily? EndOfRib { get; init; }

        public RawPathAttribute[] OtherFamilies { get; init; } = [];

        /// <summary>The attributes of the routes from an index on, where a message announces two families.</summary>
        public BgpRouteAttributes? SecondAttributes { get; init; }

        public int SecondStart { get; init; }
    }
}
