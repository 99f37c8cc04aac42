namespace BgpSharp;

/// <summary>A prefix and the attributes it is announced with.</summary>
public readonly struct BgpRoute : IEquatable<BgpRoute>
{
    // The fields of the prefix, not the prefix: what pads it out has room for the path identifier.
    private readonly AddressBits _bits;
    private readonly BgpRouteAttributes _attributes;
    private readonly uint _pathId;
    private readonly byte _length;
    private readonly byte _family;
    private readonly bool _hasPathId;

    /// <summary>Makes a route.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="attributes">The attributes; null means <see cref="BgpRouteAttributes.Default"/>.</param>
    /// <param name="pathId">The path identifier (RFC 7911), where Add-Path was agreed.</param>
    /// <exception cref="ArgumentException">The prefix is none.</exception>
    public BgpRoute(IpPrefix prefix, BgpRouteAttributes? attributes = null, uint? pathId = null)
    {
        if (prefix.IsNone)
        {
            throw new ArgumentException("A route needs a prefix.", nameof(prefix));
        }

        _bits = prefix.Bits;
        _length = (byte)prefix.Length;
        _family = prefix.FamilyCode;
        _attributes = attributes ?? BgpRouteAttributes.Default;
        _pathId = pathId.GetValueOrDefault();
        _hasPathId = pathId.HasValue;
    }

    /// <summary>The prefix.</summary>
    public IpPrefix Prefix => new(_family, _length, _bits);

    /// <summary>
    /// Which of several paths to the prefix this is (RFC 7911 §3); null where Add-Path was not agreed, as on every session
    /// of the speaker.
    /// </summary>
    public uint? PathId => _hasPathId ? _pathId : null;

    /// <summary>The attributes.</summary>
    public BgpRouteAttributes Attributes => _attributes;

    /// <summary>Prefix and path identifier: what a withdrawal names.</summary>
    public BgpPath Path => new(Prefix, PathId);

    /// <inheritdoc/>
    public bool Equals(BgpRoute other) =>
        Prefix == other.Prefix && PathId == other.PathId && Equals(_attributes, other._attributes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BgpRoute other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, _attributes);

    /// <summary>Prefix and attributes.</summary>
    /// <returns>For example <c>203.0.113.10/32 (origin igp, empty path, next hop self)</c>.</returns>
    public override string ToString() => $"{Path} ({_attributes})";

    /// <summary>Whether both are the same route.</summary>
    /// <param name="left">One route.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BgpRoute left, BgpRoute right) => left.Equals(right);

    /// <summary>Whether the routes differ.</summary>
    /// <param name="left">One route.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BgpRoute left, BgpRoute right) => !left.Equals(right);
}
